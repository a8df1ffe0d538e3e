"""Experts' work on a draft: what waits for an answer, editing a sentence, comments."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from analysis import rules
from analysis.actions import texts as actions
from analysis.content import find_measure
from analysis.forms.texts import AssignForm, CommentForm, SentenceForm
from analysis.models import Analysis, AnalysisDownload, ExpertComment, FindingEdit
from analysis.queries import texts as queries
from analysis.queries.downloads import downloads_of
from analysis.queries.texts import Sentence
from analysis.texts import LANGUAGES
from analysis.views.reading import editable
from municipalities.access import requires
from municipalities.forms import posted
from municipalities.requests import MunicipalityRequest
from uso.lib.errors import RuleViolation
from uso.lib.languages import current_language


@requires(rules.can_review)
def review(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Show what waits for an answer, the comments and the experts of an edition."""
    analysis = editable(request, analysis_id)
    assignments = queries.assignments(analysis.season)
    taken = {row.expert_id for row in assignments}
    free = [each for each in queries.experts() if each.pk not in taken]
    edits = queries.open_edits(analysis, current_language())
    comments = queries.comment_lines(analysis, current_language())
    context = {
        "analysis": analysis,
        "edits": edits,
        "comments": comments,
        "carried": any(each.row.proposed for each in (*edits, *comments)),
        "assignments": assignments,
        "own": next((row for row in assignments if row.expert_id == request.user.pk), None),
        "form": AssignForm(experts=free) if free else None,
        "may_run": rules.can_run_analyses(request.roles),
        "downloads": _downloads(request, analysis),
    }
    return render(request, "analysis/review.html", context)


def _downloads(request: MunicipalityRequest, analysis: Analysis) -> list[AnalysisDownload] | None:
    """Tell coordinators who has taken a published edition; None where there is nothing to tell."""
    may_see = rules.can_see_who_downloaded(request.roles)
    return downloads_of(analysis) if analysis.published and may_see else None


# -- Sentences ---------------------------------------------------------------------------------------


@requires(rules.can_review)
def sentence(request: MunicipalityRequest, analysis_id: int, key: str, rule: str) -> HttpResponse:
    """Edit what a rule says of an indicator; a change by somebody else meanwhile is told."""
    analysis = editable(request, analysis_id)
    found = queries.sentence(analysis, key, rule, current_language())
    if found is None:
        raise Http404
    form = SentenceForm(posted(request), initial=_shown(found))
    if request.method == "POST" and form.is_valid() and _sentence_saved(request, form, analysis):
        return redirect("analysis:indicator", request.municipality.slug, key)
    theirs: dict[str, str] = {}
    if form.non_field_errors():  # somebody, or new figures, came in between
        found = (
            queries.sentence(editable(request, analysis_id), key, rule, current_language()) or found
        )
        form.data = {**request.POST.dict(), **_shown(found, "seen", "mark")}
        theirs = found.text if found.row else {}
    context = {
        "analysis": analysis,
        "sentence": found,
        "form": form,
        "theirs": theirs.items(),
        "original": [(code, found.original[code]) for code in LANGUAGES],
    }
    status = 422 if form.errors else 200
    return render(request, "analysis/sentence.html", context, status=status)


def _shown(found: Sentence, *names: str) -> dict[str, str]:
    """Give what the form shows of a sentence: all of it, or some fields."""
    every = {f"text_{code}": found.text[code] for code in LANGUAGES}
    every |= {"seen": found.version, "mark": found.mark}
    return {name: every[name] for name in names or every}


def _sentence_saved(request: MunicipalityRequest, form: SentenceForm, analysis: Analysis) -> bool:
    match = request.resolver_match
    kwargs = match.kwargs if match else {}
    try:
        actions.edit_finding(
            analysis=analysis,
            measure=kwargs["key"],
            rule=kwargs["rule"],
            text=form.texts(),
            seen=form.cleaned_data["seen"],
            seen_mark=form.cleaned_data["mark"],
            by=request.user,
        )
    except RuleViolation as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    messages.success(request, _("The sentence is saved."))
    return True


@require_POST
@requires(rules.can_review)
def answer_edit(request: MunicipalityRequest, edit_id: int, answer: str) -> HttpResponse:
    """Keep an edit that waits for an answer, drop it, or make it a comment."""
    rows = FindingEdit.objects.select_related("analysis")
    edit = get_object_or_404(rows, pk=edit_id)
    editable(request, edit.analysis_id)
    steps: dict[str, Callable[..., object]] = {
        "keep": actions.keep_edit,
        "drop": actions.drop_edit,
        "comment": actions.make_comment_of,
    }
    seen = request.POST.get("seen", "")
    return _answered(
        request, edit.analysis_id, answer, steps, {"edit": edit, "seen": seen, "by": request.user}
    )


def _answered(
    request: MunicipalityRequest,
    analysis_id: int,
    answer: str,
    steps: dict[str, Callable[..., object]],
    given: dict[str, Any],
) -> HttpResponse:
    if answer not in steps:
        raise Http404
    try:
        steps[answer](**given)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Saved."))
    return redirect("analysis:review", request.municipality.slug, analysis_id)


@require_POST
@requires(rules.can_review)
def keep_all(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Keep everything that was carried over and still holds."""
    analysis = editable(request, analysis_id)
    try:
        count = actions.keep_all(analysis=analysis, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
    else:
        said = ngettext("%(count)d text kept.", "%(count)d texts kept.", count)
        messages.success(request, said % {"count": count})
    return redirect("analysis:review", request.municipality.slug, analysis_id)


# -- Comments ----------------------------------------------------------------------------------------


@requires(rules.can_review)
def add_comment(request: MunicipalityRequest, analysis_id: int) -> HttpResponse:
    """Add a comment: on the indicator named by `?measure=`, otherwise on the whole."""
    analysis = editable(request, analysis_id)
    key = request.GET.get("measure", "")
    if key and find_measure(analysis.content, key) is None:
        raise Http404
    return _comment(request, analysis, None, key)


@requires(rules.can_review)
def change_comment(request: MunicipalityRequest, comment_id: int) -> HttpResponse:
    """Change a comment."""
    comment = get_object_or_404(ExpertComment.objects.select_related("by"), pk=comment_id)
    analysis = editable(request, comment.analysis_id)
    return _comment(request, analysis, comment, comment.measure)


def _comment(
    request: MunicipalityRequest, analysis: Analysis, comment: ExpertComment | None, key: str
) -> HttpResponse:
    form = CommentForm(posted(request), initial=_typed(comment))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_comment(
                analysis=analysis,
                comment=comment,
                measure=key,
                audience=form.cleaned_data["audience"],
                text=form.texts(),
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except RuleViolation as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("The comment is saved."))
            return redirect("analysis:review", request.municipality.slug, analysis.pk)
    theirs: dict[str, str] = {}
    if comment and form.non_field_errors():
        now = ExpertComment.objects.filter(pk=comment.pk).first()
        theirs = dict(now.text) if now else {}
        form.data = {**request.POST.dict(), "seen": now.version if now else ""}
    context = {
        "analysis": analysis,
        "form": form,
        "theirs": theirs.items(),
        "name": queries.measure_name(analysis.content, key, current_language()) if key else "",
    }
    return render(request, "analysis/comment.html", context, status=422 if form.errors else 200)


def _typed(comment: ExpertComment | None) -> dict[str, str]:
    if comment is None:
        return {}
    texts = {f"text_{code}": text for code, text in comment.text.items()}
    return texts | {"audience": comment.audience, "seen": comment.version}


@require_POST
@requires(rules.can_review)
def answer_comment(request: MunicipalityRequest, comment_id: int, answer: str) -> HttpResponse:
    """Keep a comment that was carried over, or drop one."""
    comment = get_object_or_404(ExpertComment.objects.select_related("analysis"), pk=comment_id)
    editable(request, comment.analysis_id)
    steps: dict[str, Callable[..., object]] = {
        "keep": actions.keep_comment,
        "drop": actions.drop_comment,
    }
    given = {"comment": comment, "seen": request.POST.get("seen", ""), "by": request.user}
    return _answered(request, comment.analysis_id, answer, steps, given)
