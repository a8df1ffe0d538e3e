"""Tables of the analysis, by noun: `statistics` what was read, `analysis` what is told of it."""

from analysis.models.analysis import (
    Analysis,
    AnalysisDocument,
    AnalysisQuerySet,
    PeerSet,
    PeerSetMember,
)
from analysis.models.statistics import (
    WHOLE_COUNTRY,
    DataVersion,
    ImportRun,
    Indicator,
    Observation,
    RawAnswer,
    Source,
)

__all__ = [
    "WHOLE_COUNTRY",
    "Analysis",
    "AnalysisDocument",
    "AnalysisQuerySet",
    "DataVersion",
    "ImportRun",
    "Indicator",
    "Observation",
    "PeerSet",
    "PeerSetMember",
    "RawAnswer",
    "Source",
]
