"""In which editions an indicator is shown."""

from collections.abc import Sequence

from django.db.models import Count, Q

from analysis.enums import AnalysisState
from analysis.models import Analysis
from analysis.statistics.usage import EditionCount
from uso.ground.tenancy.crossing import across_municipalities


def count_editions(keys: Sequence[str]) -> EditionCount:
    """Count the editions that show any of these measures (one query over all municipalities)."""
    with across_municipalities(reason="a coordinator sees which editions show an indicator"):
        counts = Analysis.objects.filter(measure_keys__has_any_keys=list(keys)).aggregate(
            published=Count("pk", filter=Q(state=AnalysisState.PUBLISHED)),
            drafts=Count("pk", filter=~Q(state=AnalysisState.PUBLISHED)),
        )
    return EditionCount(**counts)
