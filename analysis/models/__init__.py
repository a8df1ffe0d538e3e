"""Tables of the analysis, by noun.

`statistics` is what was read, `analysis` what is told of it, `review` what experts do with it.
"""

from analysis.models.analysis import (
    Analysis,
    AnalysisDocument,
    AnalysisDownload,
    AnalysisQuerySet,
    PeerSet,
    PeerSetMember,
)
from analysis.models.review import (
    ExpertAssignment,
    ExpertComment,
    FindingEdit,
    Texts,
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
    "AnalysisDownload",
    "AnalysisQuerySet",
    "DataVersion",
    "ExpertAssignment",
    "ExpertComment",
    "FindingEdit",
    "ImportRun",
    "Indicator",
    "Observation",
    "PeerSet",
    "PeerSetMember",
    "RawAnswer",
    "Source",
    "Texts",
]
