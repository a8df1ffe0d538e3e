"""Experts' edits and comments. Each write locks its edition until it has ended."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from analysis.actions.building import recompose
from analysis.content.edits import Basis, basis, mark, unedited
from analysis.enums import Audience
from analysis.models import Analysis, ExpertComment, FindingEdit
from analysis.refusals import AnalysisRefused
from municipalities.models import User
from uso.ground.actions import action
from uso.ground.lib.dates import moment

Texts = Mapping[str, str]
Row = TypeVar("Row", FindingEdit, ExpertComment)


# -- Sentences ---------------------------------------------------------------------------------------


@action(of="analysis")
def edit_finding(
    *,
    analysis: Analysis,
    measure: str,
    rule: str,
    text: Texts,
    seen: str,
    seen_mark: str,
    by: User,
) -> FindingEdit | None:
    """Write a sentence in the place of a rule's; the rule's own words take the edit away.

    Parameters
    ----------
    text
        Language to sentence, in all languages of an analysis.
    seen, seen_mark
        Version of the edit and mark of the rule's sentence that the writer saw.

    Returns
    -------
    FindingEdit or None
        None where the rule's own sentence stands again.

    Raises
    ------
    AnalysisRefused
        Somebody else, or new figures, changed the sentence meanwhile; or it is published.
    """
    analysis = _locked(analysis)
    now = basis(unedited(analysis.content), measure, rule)
    row = FindingEdit.objects.filter(analysis=analysis, measure=measure, rule=rule)
    before = row.select_related("by").select_for_update(of=("self",)).first()
    _check_seen(before, seen)
    if now is None or mark(now) != seen_mark:
        raise AnalysisRefused(
            _(
                "The figures behind this sentence have changed meanwhile. Your text is kept below:"
                " check it against the new sentence and save it again."
            )
        )
    rule_said = now.text
    changed = {key: said for key, said in text.items() if said.split() != rule_said[key].split()}
    edit = _write_edit(analysis, before, measure, rule, changed, now, by) if changed else None
    if before and not changed:
        before.delete()
    recompose(analysis)
    return edit


def _check_seen(before: FindingEdit | None, seen: str) -> None:
    if before and not before.is_text_of(seen):
        raise AnalysisRefused(
            _(
                "%(name)s changed this sentence %(at)s. Their text stands above, yours is in the"
                " fields. Saving again replaces theirs."
            )
            % {"name": before.by.name, "at": moment(before.at)}
        )
    if seen and before is None:
        raise AnalysisRefused(
            _(
                "Somebody took the edit away meanwhile: the rule's own sentence stands again."
                " Your text is kept below; save it again if it shall stand."
            )
        )


def _write_edit(
    analysis: Analysis,
    before: FindingEdit | None,
    measure: str,
    rule: str,
    text: Texts,
    now: Basis,
    by: User,
) -> FindingEdit:
    edit = before or FindingEdit(
        municipality_id=analysis.municipality_id, analysis=analysis, measure=measure, rule=rule
    )
    edit.text, edit.original = text, msgspec.to_builtins(now)
    edit.by, edit.at = by, timezone.now()
    edit.proposed = edit.outdated = False
    edit.save()
    return edit


@action(of="text")
def make_comment_of(*, text: FindingEdit, seen: str, by: User) -> ExpertComment:
    """Keep the words of an edit as its writer's comment in the report; take the edit away."""
    analysis = _locked(text.analysis)
    edit = _to_answer(text, seen)
    comment = ExpertComment.objects.create(
        municipality_id=analysis.municipality_id,
        analysis=analysis,
        measure=edit.measure,
        text=edit.text,
        by=edit.by,
        at=edit.at,
    )
    edit.delete()
    recompose(analysis)
    return comment


# -- Comments ----------------------------------------------------------------------------------------


@action(of="analysis")
def write_comment(
    *,
    analysis: Analysis,
    comment: ExpertComment | None,
    measure: str,
    audience: str,
    text: Texts,
    seen: str,
    by: User,
) -> ExpertComment:
    """Add a comment, or change one as it was seen.

    Parameters
    ----------
    comment
        The one to change; None adds one.
    measure
        Key of a measure of the edition; empty for the whole.
    text
        Language to text, at least one.
    seen
        Version of the comment that the writer saw; empty when they began a new one.

    Raises
    ------
    AnalysisRefused
        There is no text, somebody changed or dropped the comment meanwhile, or it is published.
    """
    analysis = _locked(analysis)
    if not text:
        raise AnalysisRefused(_("Write the comment in at least one language."), field="text_fi")
    if seen and comment is None:
        raise AnalysisRefused(
            _(
                "Somebody took this comment away meanwhile. Your text is kept below; save it again"
                " if it shall stand."
            )
        )
    row = (
        _to_rewrite(comment, seen)
        if comment
        else ExpertComment(
            municipality_id=analysis.municipality_id, analysis=analysis, measure=measure
        )
    )
    row.audience, row.text, row.proposed = Audience(audience), text, False
    row.by, row.at = by, timezone.now()
    row.save()
    recompose(analysis)
    return row


# -- Sentences and comments alike --------------------------------------------------------------------


@action(of="text")
def keep_text(*, text: Row, seen: str, by: User) -> Row:
    """Let a text stand that waits for an answer, with its writer and day."""
    analysis = _locked(text.analysis)
    row = _to_answer(text, seen)
    if isinstance(row, FindingEdit):
        row.original, row.outdated = msgspec.to_builtins(_basis_now(row, analysis)), False
    row.proposed = False
    row.save()
    recompose(analysis)
    return row


def _basis_now(edit: FindingEdit, analysis: Analysis) -> Basis:
    now = basis(unedited(analysis.content), edit.measure, edit.rule)
    if now is None:
        raise AnalysisRefused(
            _(
                "The figures no longer give this sentence, so its edit cannot stand. Drop it or"
                " make it a comment."
            )
        )
    return now


@action(of="text")
def drop_text(*, text: Row, seen: str, by: User) -> None:
    """Take a comment away, or an edit: the rule's own sentence stands."""
    analysis = _locked(text.analysis)
    _to_answer(text, seen).delete()
    recompose(analysis)


@action(of="analysis")
def keep_all(*, analysis: Analysis, by: User) -> int:
    """Confirm everything that was carried over and is still current; return how many."""
    analysis = _locked(analysis)
    edits = FindingEdit.objects.filter(analysis=analysis, proposed=True, outdated=False)
    comments = ExpertComment.objects.filter(analysis=analysis, proposed=True)
    count = edits.update(proposed=False) + comments.update(proposed=False)
    recompose(analysis)
    return count


# -- Texts as they were seen -------------------------------------------------------------------------


def _read_again(row: Row) -> Row:
    """Read a text anew, after its edition is locked."""
    now = type(row).objects.select_related("by").filter(pk=row.pk).first()
    if now is None:
        raise AnalysisRefused(_("Somebody took this text away meanwhile."))
    return now


def _to_rewrite(row: Row, seen: str) -> Row:
    """Give the text that is written anew; refuse one whose words are not as they were seen."""
    now = _read_again(row)
    if not now.is_text_of(seen):
        raise AnalysisRefused(
            _(
                "%(name)s changed this text %(at)s. What you typed is kept: saving again replaces"
                " theirs."
            )
            % {"name": now.by.name, "at": moment(now.at)}
        )
    return now


def _to_answer(row: Row, seen: str) -> Row:
    """Give the text that is answered; refuse one that is not as it was seen."""
    now = _read_again(row)
    if now.version == seen:
        return now
    if not now.is_text_of(seen):
        said = _("%(name)s changed this text %(at)s. Read it as it is now and answer again.")
        raise AnalysisRefused(said % {"name": now.by.name, "at": moment(now.at)})
    if now.open:
        raise AnalysisRefused(
            _("The figures behind this text have changed meanwhile. Read it and answer again.")
        )
    raise AnalysisRefused(_("This text has been answered already."))


def _locked(analysis: Analysis) -> Analysis:
    """Lock an edition until the end of the transaction; refuse a published one."""
    locked = Analysis.objects.select_for_update(of=("self",)).get(pk=analysis.pk)
    if locked.published:
        raise AnalysisRefused(
            _("The edition has been published: its texts can be changed in the next one.")
        )
    return locked
