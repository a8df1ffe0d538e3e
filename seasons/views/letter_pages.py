"""Pages of letters: written, previewed, tested, sent once, read for ever."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from municipalities.access import requires
from municipalities.requests import Request
from seasons import queries, rules
from seasons.actions import sending as actions
from seasons.enums import ParticipationState
from seasons.forms.letter_form import LetterForm
from seasons.letters.placeholders import Placeholder
from seasons.letters.recipients import Mailing, Recipient, mailing_of
from seasons.letters.templates import TEMPLATES
from seasons.models import Letter, Season, SentLetter
from seasons.queries import letter_list as reads
from seasons.requests import season_or_404
from seasons.views.columns import COLUMNS, filters
from seasons.views.letter_columns import RECIPIENTS, SENT
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages
from uso.ground.lib.drawn import Drawn, Facts
from uso.ground.lib.tables import Choice, Table, arrange
from uso.ground.mail.models import MessageState
from uso.ground.once.creating import create
from uso.ground.once.creating import press as press_once

PICKED, TEMPLATE = "m", "template"


@requires(rules.can_run_seasons)
def letters(request: Request, number: int) -> HttpResponse:
    """List the letters of a season: drafts, those being sent, those sent."""
    season = season_or_404(request, number)
    context = {"season": season, "letters": reads.letters_of(season)}
    return render(request, "seasons/letters.html", context)


@requires(rules.can_run_seasons)
def write_letter(request: Request, number: int) -> HttpResponse:
    """Begin a letter to the municipalities that the address names: a stage, a filter, or ticked rows."""
    season = season_or_404(request, number)
    found = queries.members(season)
    stage, chosen = _chosen(request, found)
    letter = Letter(
        season=season,
        stage=stage,
        picked=[] if stage else [each.municipality.pk for each in chosen],
    )
    wanted = request.GET.get(TEMPLATE, "")
    template = TEMPLATES.get(wanted, TEMPLATES["empty"])
    form = LetterForm(pages.sent(request), instance=letter, initial=dict(template.fields))
    made = create(
        request,
        form,
        actions.save_letter,
        _("The draft was saved."),
        leads_to=_address,
        letter=letter,
    )
    if made:
        return made
    context = {
        "templates": _tabs(
            request, TEMPLATE, [(key, each.name) for key, each in TEMPLATES.items()]
        ),
        "stages": _stage_tabs(request, found),
        "chosen": chosen,
        "stage": ParticipationState(stage).label if stage else "",
        **_writing(season, letter, form),
    }
    return pages.show(request, "seasons/letter_edit.html", context, form)


def _chosen(
    request: Request, found: Sequence[queries.Member]
) -> tuple[str, Sequence[queries.Member]]:
    """Return the stage alone where the address names nothing else, and the municipalities chosen."""
    asked = {key for key in request.GET if request.GET.get(key)} - {TEMPLATE, "sort", "all"}
    table = arrange(COLUMNS, found, request, name="letter", filters=filters(found))
    ticked = set(request.GET.getlist(PICKED))
    rows = [row for row in table.rows if not ticked or str(row.municipality.pk) in ticked]
    state = request.GET.get("state", "")
    return state if asked == {"state"} and state in ParticipationState.values else "", rows


def _tabs(request: Request, key: str, choices: Sequence[tuple[str, Any]]) -> list[Choice]:
    current = request.GET.get(key, choices[0][0])
    return [
        Choice(words, value == current, f"?{_query(request, key, value)}")
        for value, words in choices
    ]


def _stage_tabs(request: Request, found: Sequence[queries.Member]) -> list[Choice]:
    """Offer every stage that somebody is in, where no rows were ticked."""
    if request.GET.getlist(PICKED):
        return []
    there = {each.state for each in found}
    stages = [(each.value, each.label) for each in ParticipationState if each in there]
    return _tabs(request, "state", [("", _("All on the list")), *stages])


def _query(request: Request, key: str, value: str) -> str:
    query = request.GET.copy()
    query[key] = value
    return query.urlencode()


def _writing(season: Season, letter: Letter, form: LetterForm) -> dict[str, Any]:
    return {
        "season": season,
        "letter": letter,
        "form": form,
        "placeholders": list(Placeholder),
        "back": _address(letter) if letter.pk else _list_url(season),
        "way_back": _way_back(season),
    }


@requires(rules.can_run_seasons)
def edit_letter(request: Request, number: int, letter_id: int) -> HttpResponse:
    """Change the text of a draft."""
    season, letter = _found(request, number, letter_id)
    if letter.is_sent:
        return redirect(_address(letter))
    form = LetterForm(pages.sent(request), instance=letter)
    drawn = drawn_for(letter, *LetterForm.Meta.fields)
    said = _("The draft was saved.")
    if pages.save(request, form, actions.save_letter, said, drawn, letter=letter):
        return redirect(_address(letter))
    return pages.show(request, "seasons/letter_edit.html", _writing(season, letter, form), form)


@requires(rules.can_run_seasons)
def letter(request: Request, number: int, letter_id: int) -> HttpResponse:
    """Show a draft with everybody it would go to, or a sent letter with what each address got."""
    season, found = _found(request, number, letter_id)
    return _sent_page(request, found) if found.is_sent else _draft_page(request, season, found)


def _draft_page(request: Request, season: Season, letter: Letter) -> HttpResponse:
    mailing = mailing_of(letter)
    table = arrange(
        RECIPIENTS, mailing.recipients, request, name=f"letter-{letter.pk}", title=letter.subject
    )
    if table.export:
        return _file(table)
    shown = _previewed(request, mailing)
    context = {
        "season": season,
        "letter": letter,
        "mailing": mailing,
        "table": table,
        "shown": shown,
        "written": shown.written if shown else None,
        "stage": ParticipationState(letter.stage).label if letter.stage else "",
        "way_back": _way_back(season),
    }
    return render(request, "seasons/letter_draft.html", context)


def _file(table: Table[Any]) -> HttpResponse:
    own = [column for column in table.all_columns if column.key != "leave"]
    return Table(own, table.rows, table.name, table.request, title=table.title).response()


def _previewed(request: Request, mailing: Mailing) -> Recipient | None:
    """Pick whose letter is shown: whom the address names, else the first."""
    wanted = request.POST.get("of") or request.GET.get("of")
    named = (each for each in mailing.recipients if each.key == wanted)
    return next(named, next(iter(mailing.recipients), None))


def _sent_page(request: Request, letter: Letter) -> HttpResponse:
    rows = reads.sent_rows(letter)
    states = [row.message_state for row in rows]
    table = arrange(SENT, rows, request, name=f"letter-{letter.pk}", title=letter.subject)
    if table.export:
        return table.response()
    job = reads.job_of(letter)
    context = {
        "season": letter.season,
        "letter": letter,
        "table": table,
        "job": job,
        "once": str(uuid4()),
        "shown": _read_row(request, rows),
        "sent_count": states.count(MessageState.SENT),
        "failed_count": states.count(MessageState.FAILED),
        "in_all": len(rows),
        "way_back": _way_back(letter.season),
    }
    return render(request, "seasons/letter_sent.html", context)


def _read_row(request: Request, rows: Sequence[SentLetter]) -> SentLetter | None:
    wanted = request.GET.get("of", "")
    return next((row for row in rows if str(row.pk) == wanted), next(iter(rows), None))


@require_POST
@requires(rules.can_run_seasons)
def leave_out(request: Request, number: int, letter_id: int) -> HttpResponse:
    """Leave the ticked addresses out, or put one back among the recipients."""
    _season, letter = _found(request, number, letter_id)
    left, back = request.POST.getlist("leave"), request.POST.getlist("back")
    pages.press(request, actions.leave_out, letter=letter, keys=left, back=back)
    return redirect(_address(letter))


@require_POST
@requires(rules.can_run_seasons)
def send_test(request: Request, number: int, letter_id: int) -> HttpResponse:
    """Send the previewed letter to oneself."""
    _season, letter = _found(request, number, letter_id)
    if letter.is_sent:
        return redirect(_address(letter))
    shown = _previewed(request, mailing_of(letter))

    def said(email: str) -> str:
        return _("A test was sent to %(email)s.") % {"email": email}

    pages.press(request, actions.send_test, said, letter=letter, recipient=shown, at=timezone.now())
    return redirect(f"{_address(letter)}?of={shown.key}" if shown else _address(letter))


@requires(rules.can_run_seasons)
def send(request: Request, number: int, letter_id: int) -> HttpResponse:
    """Ask once, with the number of letters; then send exactly those."""
    season, letter = _found(request, number, letter_id)
    back = _address(letter)
    if letter.is_sent:
        return redirect(back)
    mailing = mailing_of(letter)
    count = len(mailing.recipients)

    def read() -> Facts:
        return mailing_of(reads.lock_letter(letter)).facts

    context = {
        "question": letter.subject,
        "press": ngettext("Send %(count)d letter", "Send %(count)d letters", count)
        % {"count": count},
        "mailing": mailing,
        "place_count": len({each.member.municipality.pk for each in mailing.recipients}),
        "nothing": "" if count else _("Nobody would get the letter."),
        "leave": _("Back to the draft"),
        "way_back": [*_way_back(season), (letter.subject, back)],
    }
    return pages.confirm(
        request,
        "seasons/letter_send.html",
        context,
        actions.send_letter,
        said=partial(_said, _("The letters are being sent: %(count)d.")),
        back=back,
        drawn=Drawn(mailing.facts, read),
        letter=letter,
        at=timezone.now(),
    )


def _said(sentence: str, count: int) -> str:
    return sentence % {"count": count}


@require_POST
@requires(rules.can_run_seasons)
def retry(request: Request, number: int, letter_id: int) -> HttpResponse:
    """Send again what failed."""
    _season, letter = _found(request, number, letter_id)
    said = partial(_said, _("Sent again: %(count)d."))
    pages.press(request, actions.send_failed_again, said, letter=letter, at=timezone.now())
    return redirect(_address(letter))


@require_POST
@requires(rules.can_run_seasons)
def remind(request: Request, number: int, letter_id: int) -> HttpResponse:
    """Begin a draft to those who have not answered a sent letter."""
    season, letter = _found(request, number, letter_id)
    fields = dict(TEMPLATES["decision"].fields)
    said = _("A draft of the reminder was made. Nothing has been sent.")
    return press_once(
        request, actions.remind, said, leads_to=_list_url(season), letter=letter, fields=fields
    )


def _found(request: Request, number: int, letter_id: int) -> tuple[Season, Letter]:
    season = season_or_404(request, number)
    found = reads.letter_of(season, letter_id)
    if found is None:
        raise Http404
    return season, found


def _address(letter: Letter) -> str:
    return reverse("seasons_network:letter", args=[letter.season.number, letter.pk])


def _list_url(season: Season) -> str:
    return reverse("seasons_network:letters", args=[season.number])


def _way_back(season: Season) -> list[tuple[str, str]]:
    members = reverse("seasons_network:members", args=[season.number])
    return [(_("Members"), members), (_("Letters"), _list_url(season))]
