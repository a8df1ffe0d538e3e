"""Counting who of the municipality has downloaded its published analysis."""

from analysis.models import Analysis, AnalysisDownload
from municipalities.models import User
from uso.ground.actions import action


@action(of="analysis", after_merger=True)
def note_download(*, analysis: Analysis, kind: str, language: str, by: User) -> AnalysisDownload:
    """Write down that a file was given; once for each time its bytes were sent."""
    return AnalysisDownload.objects.create(
        municipality_id=analysis.municipality_id,
        analysis=analysis,
        kind=kind,
        language=language,
        by=by,
    )
