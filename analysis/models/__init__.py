"""Tables of the analysis, by noun.

`editions` is what is published of a municipality, `review` what experts do with it before.
"""

from analysis.models.editions import (
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

__all__ = [
    "Analysis",
    "AnalysisDocument",
    "AnalysisDownload",
    "AnalysisQuerySet",
    "ExpertAssignment",
    "ExpertComment",
    "FindingEdit",
    "PeerSet",
    "PeerSetMember",
    "Texts",
]
