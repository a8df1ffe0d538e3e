"""Reads of experts' work on an edition, in the scope of its municipality."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from django.apps import apps
from django.utils import timezone

from analysis.content.edition import EditionContent
from analysis.content.edits import Basis, Edit, Remark, basis, mark, unedited
from analysis.enums import Audience
from analysis.models import Analysis, ExpertAssignment, ExpertComment, FindingEdit
from municipalities.enums import Role
from municipalities.models import Membership, User
from seasons.models import Season
from uso.ground.lib.texts import Text


def is_assigned(user: User, season_id: int) -> bool:
    """Ask whether an expert was given the municipality's analysis of a season."""
    return ExpertAssignment.objects.filter(expert=user, season_id=season_id).exists()


def was_assigned(season: Season, expert_id: int) -> bool:
    """Ask whether an expert has ever had the municipality's analysis of a season (history)."""
    events = apps.get_model("analysis", "ExpertAssignmentEvent").objects
    return bool(events.filter(season=season, expert_id=expert_id).exists())


def assignments(season: Season) -> list[ExpertAssignment]:
    """List the experts of the municipality's analysis, by name."""
    rows = ExpertAssignment.objects.filter(season=season).select_related("expert")
    return sorted(rows, key=lambda row: row.expert.name)


def experts() -> list[User]:
    """List the network's experts of today, by name."""
    active = Membership.objects.active(on=timezone.localdate()).filter(role=Role.EXPERT)
    found = {row.user_id: row.user for row in active.select_related("user")}
    return sorted(found.values(), key=lambda user: user.name)


def edits_of(analysis: Analysis) -> list[FindingEdit]:
    """List the edits of an edition with their writers (one query)."""
    return list(FindingEdit.objects.filter(analysis=analysis).select_related("by").order_by("pk"))


def comments_of(analysis: Analysis) -> list[ExpertComment]:
    """List the comments of an edition with their writers, oldest first (one query)."""
    rows = ExpertComment.objects.filter(analysis=analysis)
    return list(rows.select_related("by").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Gone:
    """Where a text was that somebody has removed."""

    analysis_id: int
    measure: str


def gone(model: type[FindingEdit] | type[ExpertComment], pk: int) -> Gone | None:
    """Find in the history where a text stood that is gone; None where there never was one."""
    events = apps.get_model("analysis", f"{model.__name__}Event").objects
    row = events.filter(pgh_obj_id=pk).values_list("analysis_id", "measure").first()
    return Gone(*row) if row else None


def open_count(analysis: Analysis) -> int:
    """Count the texts of an edition that wait for an answer (one query)."""
    edits = FindingEdit.objects.open().filter(analysis=analysis)
    comments = ExpertComment.objects.filter(analysis=analysis, proposed=True)
    return edits.values("pk").union(comments.values("pk"), all=True).count()


def as_edit(row: FindingEdit) -> Edit:
    """Give an edit as the content takes it."""
    original = msgspec.convert(row.original, Basis)
    return Edit(row.measure, row.rule, row.text, original, row.by.name, timezone.localdate(row.at))


def as_remarks(rows: Iterable[ExpertComment]) -> list[Remark]:
    """Give the comments for the report as the content takes them."""
    return [
        Remark(row.measure, row.text, row.by.name, timezone.localdate(row.at))
        for row in rows
        if row.audience == Audience.REPORT and not row.proposed
    ]


@dataclass(frozen=True, slots=True)
class EditLine:
    """An edit beside what its rule said when it was written and says now."""

    row: FindingEdit
    name: str
    text: str
    language: str
    was: str
    now: str

    @property
    def gone(self) -> bool:
        """The rule says nothing any more, or its indicator is not in the edition."""
        return not self.now


def edit_lines(analysis: Analysis, language: str) -> list[EditLine]:
    """List the edits of an edition in a reader's language; first those that wait for an answer."""
    rows = sorted(edits_of(analysis), key=lambda row: not row.open)
    base = unedited(analysis.content)
    return [_edit_line(row, base, language) for row in rows]


def _edit_line(row: FindingEdit, base: EditionContent, language: str) -> EditLine:
    now = basis(base, row.measure, row.rule)
    edited = next(iter(sorted(row.text, key=lambda each: each != language)))
    return EditLine(
        row=row,
        name=measure_name(base, row.measure, language),
        text=row.text[edited],
        language=edited,
        was=row.original["text"][edited],
        now=now.text[edited] if now else "",
    )


def measure_name(content: EditionContent, key: str, language: str) -> str:
    """Name a measure of a content; its key where the content does not have it."""
    found = content.measure(key)
    return found.name[language] if found else key


@dataclass(frozen=True, slots=True)
class EditableSentence:
    """A finding as somebody edits it: the rule's own text, the edit of it, what the page saw."""

    measure: str
    name: str
    rule: str
    original: Text
    row: FindingEdit | None
    mark: str

    @property
    def text(self) -> dict[str, str]:
        """The sentence of today in each language."""
        return {**self.original, **(self.row.text if self.row else {})}

    @property
    def version(self) -> str:
        """What the page that shows it sends back."""
        return self.row.version if self.row else ""


def sentence(analysis: Analysis, measure: str, rule: str, language: str) -> EditableSentence | None:
    """Find a finding for editing; None where the rule says nothing."""
    base = unedited(analysis.content)
    now = basis(base, measure, rule)
    if now is None:
        return None
    row = FindingEdit.objects.filter(analysis=analysis, measure=measure, rule=rule)
    name = measure_name(base, measure, language)
    found = row.select_related("by").first()
    return EditableSentence(measure, name, rule, now.text, found, mark(now))


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment as the network's people see it."""

    row: ExpertComment
    name: str
    text: str
    language: str
    has_measure: bool  # the edition has the indicator it is of

    @property
    def internal(self) -> bool:
        """It is not in the report."""
        return self.row.audience == Audience.INTERNAL


def comment_lines(analysis: Analysis, language: str) -> list[CommentLine]:
    """List an edition's comments, internal ones too; of the whole first."""
    lines = []
    for row in comments_of(analysis):
        spoken = next(iter(sorted(row.text, key=lambda each: each != language)))
        name = measure_name(analysis.content, row.measure, language) if row.measure else ""
        has_measure = analysis.content.measure(row.measure) is not None
        lines.append(CommentLine(row, name, row.text[spoken], spoken, has_measure))
    return sorted(lines, key=lambda line: line.row.measure != "")


def ready(rows: Sequence[ExpertAssignment]) -> bool:
    """Ask whether each expert has said that the analysis is ready."""
    return all(row.ready_at for row in rows)
