"""Experts' work on a draft: what waits for an answer, editing a sentence, comments."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions import expert_texts as actions
from analysis.forms.text_forms import AssignForm, CommentForm, SentenceForm
from analysis.models import Analysis, AnalysisDownload, ExpertComment, FindingEdit, Texts
from analysis.queries import expert_work as queries
from analysis.queries.downloads import downloads_of
from analysis.queries.expert_work import EditableSentence
from analysis.views.shown_editions import draft_after, page_of, reviewed
from municipalities.access import requires
from municipalities.requests import MunicipalityRequest
from uso.ground.lib import pages
from uso.ground.lib.languages import current_language
from uso.ground.lib.texts import LANGUAGES
from uso.ground.once.creating import create

Step = tuple[Callable[..., object], str]
"""The action that gives an answer, and what is said when it is done."""


@requires(rules.can_review)
def review(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Show what waits for an answer, the comments and the experts of an edition."""
    analysis = reviewed(request, analysis_id)
    assignments = queries.assignments(analysis.season)
    assigned = {row.expert_id for row in assignments}
    free = [each for each in queries.experts() if each.pk not in assigned]
    edits = queries.edit_lines(analysis, current_language())
    comments = queries.comment_lines(analysis, current_language())
    context = {
        "analysis": analysis,
        "edits": edits,
        "comments": comments,
        "carried": any(each.row.proposed for each in (*edits, *comments)),
        "assignments": assignments,
        "own": next((row for row in assignments if row.expert_id == request.user.pk), None),
        "form": AssignForm(experts=free) if free and not analysis.published else None,
        "may_run": rules.can_run_analyses(request.roles),
        "downloads": _downloads(request, analysis),
    }
    return render(request, "analysis/review.html", context)


def _downloads(request: MunicipalityRequest, analysis: Analysis) -> list[AnalysisDownload] | None:
    """List for coordinators who downloaded a published edition; None for others and for drafts."""
    may_see = rules.can_see_who_downloaded(request.roles)
    return downloads_of(analysis) if analysis.published and may_see else None


# -- Sentences ---------------------------------------------------------------------------------------


@requires(rules.can_review)
def sentence(request: MunicipalityRequest, analysis_id: int, key: str, rule: str) -> HttpResponse:
    """Edit what a rule says of an indicator; a change by somebody else meanwhile is shown.

    What is typed for an edition that is published by now can be saved in the draft after it.
    """
    analysis, into, found = _editable(request, analysis_id, key, rule)
    if found is None:
        raise Http404
    form = SentenceForm(pages.sent(request), initial=_shown(found))
    said = _("The sentence is saved.")
    home = _home(request, analysis, into)
    place: dict[str, Any] = {"analysis": home, "measure": found.measure, "rule": found.rule}
    if pages.save(request, form, actions.edit_finding, said, **place):
        return redirect(_back(request, home, key))
    theirs: Texts = {}
    if form.non_field_errors():  # somebody, new figures or the publishing came in between
        analysis, into, now = _editable(request, analysis_id, key, rule)
        found = now or found
        form.data = {**request.POST.dict(), **_shown(found, "seen", "mark")}
        theirs = found.text if found.row else {}
    context = {
        "analysis": analysis,
        "into": into,
        "submit": _submit(analysis, into, _("Save the sentence")),
        "sentence": found,
        "form": form,
        "theirs": _by_language(theirs),
        "original": _by_language(found.original),
        "back": _back(request, analysis, key),
    }
    return pages.show(request, "analysis/sentence.html", context, form)


def _back(request: MunicipalityRequest, analysis: Analysis, key: str) -> str:
    """Give the page the writer came from: the review (`?from=review`), otherwise the indicator's."""
    if not key or request.GET.get("from") == "review":
        return reverse("analysis:review", args=[request.municipality.slug, analysis.pk])
    return page_of(request, analysis.pk, "indicator", key)


def _editable(
    request: MunicipalityRequest, analysis_id: int, key: str, rule: str
) -> tuple[Analysis, Analysis | None, EditableSentence | None]:
    """Find a sentence with its edition; of a published one that of the draft after it, if it has it."""
    analysis, language = reviewed(request, analysis_id), current_language()
    into = draft_after(request, analysis)
    if into and (of_next := queries.sentence(into, key, rule, language)):
        return analysis, into, of_next
    return analysis, None, queries.sentence(analysis, key, rule, language)


def _submit(analysis: Analysis, into: Analysis | None, words: str) -> str:
    """Return the words of the button; none where what is typed can be saved nowhere."""
    if into:
        return _("Save in edition %(number)s") % {"number": into.edition}
    return "" if analysis.published else words


def _home(request: MunicipalityRequest, analysis: Analysis, into: Analysis | None) -> Analysis:
    """Return the edition a text is saved in: the draft after its own if its page asked so."""
    return into if into and request.POST.get("into") == str(into.pk) else analysis


def _by_language(texts: Texts) -> list[tuple[str, str]]:
    """List the languages there are in the order of the form."""
    return [(code, texts[code]) for code in LANGUAGES if code in texts]


def _shown(found: EditableSentence, *names: str) -> dict[str, str]:
    """Give what the form shows of a sentence: all of it, or some fields."""
    every = {f"text_{code}": found.text[code] for code in LANGUAGES}
    every |= {"seen": found.version, "mark": found.mark}
    return {name: every[name] for name in names or every}


# -- Comments ----------------------------------------------------------------------------------------


@requires(rules.can_review)
def add_comment(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Add a comment: on the indicator named by `?measure=`, otherwise on the whole."""
    analysis = reviewed(request, analysis_id)
    key = request.GET.get("measure", "")
    if key and analysis.content.measure(key) is None:
        raise Http404
    return _comment(request, analysis, None, key)


@requires(rules.can_review)
def change_comment(request: MunicipalityRequest, comment_id: int) -> HttpResponse:
    """Change a comment; one that is gone meanwhile is written anew, nothing typed is lost."""
    comment = ExpertComment.objects.select_related("by").filter(pk=comment_id).first()
    if comment is None and request.method != "POST":
        return _gone(request, ExpertComment, comment_id)
    place = comment or queries.gone(ExpertComment, comment_id)
    if place is None:
        raise Http404
    return _comment(request, reviewed(request, place.analysis_id), comment, place.measure)


def _comment(
    request: MunicipalityRequest, analysis: Analysis, comment: ExpertComment | None, key: str
) -> HttpResponse:
    into = draft_after(request, analysis)
    home = _home(request, analysis, into)
    if into:
        comment = None  # in the draft after it the text is a new one
    if home.content.measure(key) is None:
        key = ""
    form = CommentForm(pages.sent(request), initial=_typed(comment))
    said = _("The comment is saved.")
    place: dict[str, Any] = {"analysis": home, "comment": comment, "measure": key}

    def leads_to(_comment: ExpertComment) -> str:
        return reverse("analysis:review", args=[request.municipality.slug, home.pk])

    if made := create(request, form, actions.write_comment, said, leads_to=leads_to, **place):
        return made
    now: ExpertComment | None = None
    if form.non_field_errors():  # somebody, or the publishing, came in between
        analysis = reviewed(request, analysis.pk)
        into = draft_after(request, analysis)
        now = ExpertComment.objects.filter(pk=comment.pk).first() if comment else None
        form.data = {**request.POST.dict(), "seen": now.version if now and not into else ""}
    context = {
        "analysis": analysis,
        "into": into,
        "submit": _submit(analysis, into, _("Save the comment")),
        "form": form,
        "theirs": _by_language(now.text) if now else (),
        "back": _back(request, analysis, key),
        "name": queries.measure_name(analysis.content, key, current_language()) if key else "",
    }
    return pages.show(request, "analysis/comment.html", context, form)


def _typed(comment: ExpertComment | None) -> dict[str, str]:
    if comment is None:
        return {}
    texts = {f"text_{code}": text for code, text in comment.text.items()}
    return texts | {"audience": comment.audience, "seen": comment.version}


# -- Answers -----------------------------------------------------------------------------------------


@require_POST
@requires(rules.can_review)
def answer_edit(request: MunicipalityRequest, edit_id: int, answer: str) -> HttpResponse:
    """Keep an edit that waits for an answer, drop it, or make it a comment."""
    steps: dict[str, Step] = {
        "keep": (actions.keep_text, _("The text stands in the report.")),
        "drop": (actions.drop_text, _("The edit is dropped: the rule's own sentence stands.")),
        "comment": (actions.make_comment_of, _("The text is a comment in the report now.")),
    }
    return _answered(request, FindingEdit, edit_id, steps.get(answer))


@require_POST
@requires(rules.can_review)
def answer_comment(request: MunicipalityRequest, comment_id: int, answer: str) -> HttpResponse:
    """Keep a comment that was carried over, or drop one."""
    steps: dict[str, Step] = {
        "keep": (actions.keep_text, _("The comment is kept.")),
        "drop": (actions.drop_text, _("The comment is dropped.")),
    }
    return _answered(request, ExpertComment, comment_id, steps.get(answer))


def _answered(
    request: MunicipalityRequest,
    model: type[FindingEdit] | type[ExpertComment],
    pk: int,
    step: Step | None,
) -> HttpResponse:
    text = model.objects.select_related("analysis").filter(pk=pk).first()
    if step is None:
        raise Http404
    if text is None:
        return _gone(request, model, pk)
    reviewed(request, text.analysis_id)
    seen = request.POST.get("seen", "")
    action, said = step
    pages.press(request, action, said, text=text, seen=seen)
    return redirect("analysis:review", request.municipality.slug, text.analysis_id)


def _gone(
    request: MunicipalityRequest, model: type[FindingEdit] | type[ExpertComment], pk: int
) -> HttpResponse:
    """Lead to where a text stood that is gone, and say so; 404 where there never was one."""
    found = queries.gone(model, pk)
    if found is None:
        raise Http404
    reviewed(request, found.analysis_id)
    messages.info(request, _("The text is not there any more: it was dropped or answered already."))
    return redirect("analysis:review", request.municipality.slug, found.analysis_id)


@require_POST
@requires(rules.can_review)
def keep_all(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Keep everything that was carried over and still holds."""
    analysis = reviewed(request, analysis_id)
    pages.press(request, actions.keep_all, _kept_in_words, analysis=analysis)
    return redirect("analysis:review", request.municipality.slug, analysis_id)


def _kept_in_words(count: int) -> str:
    return ngettext("%(count)d text kept.", "%(count)d texts kept.", count) % {"count": count}
