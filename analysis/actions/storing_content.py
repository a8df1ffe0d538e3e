"""The content of an unpublished edition: what the rules wrote, with the texts that stand in it."""

from analysis.content.edition import EditionContent, digest
from analysis.content.edits import is_current, unedited, with_texts
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, ExpertComment, FindingEdit
from analysis.queries.expert_work import as_edit, as_remarks, comments_of, edits_of


def recompose(analysis: Analysis, base: EditionContent | None = None) -> Analysis:
    """Bring the content of an unpublished edition in step with its texts.

    Parameters
    ----------
    base
        What the rules wrote; by default that of the edition's own content. An edit whose sentence
        it no longer has is marked as outdated and left out.
    """
    base = base or unedited(analysis.content)
    rows = edits_of(analysis)
    for row in rows:
        outdated = not is_current(base, as_edit(row))
        if outdated != row.outdated:
            row.outdated = outdated
            row.save(update_fields=["outdated"])
    answered = [as_edit(row) for row in rows if not row.open]
    content = with_texts(base, answered, as_remarks(comments_of(analysis)))
    if digest(content) == analysis.sha256:
        return analysis
    return write_content(analysis, content)


def write_content(analysis: Analysis, content: EditionContent) -> Analysis:
    """Give an unpublished edition its content: files and approval of another one go."""
    if analysis.pk and digest(content) != analysis.sha256:
        AnalysisDocument.objects.filter(analysis=analysis).delete()
    analysis.content, analysis.sha256 = content, digest(content)
    analysis.state = AnalysisState.DRAFT
    analysis.approved_at, analysis.approved_by, analysis.approved_sha256 = None, None, ""
    analysis.save()
    return analysis


def carry_over(former: Analysis, to: Analysis) -> None:
    """Propose the texts of a published edition for the one after it."""
    FindingEdit.objects.bulk_create(
        FindingEdit(
            municipality_id=to.municipality_id, analysis=to, measure=row.measure, rule=row.rule,
            text=row.text, original=row.original, proposed=True, by=row.by, at=row.at,
        )
        for row in edits_of(former)
    )  # fmt: skip
    ExpertComment.objects.bulk_create(
        ExpertComment(
            municipality_id=to.municipality_id, analysis=to, measure=row.measure,
            audience=row.audience, text=row.text, proposed=True, by=row.by, at=row.at,
        )
        for row in comments_of(former)
    )  # fmt: skip
