"""Tables of the analysis, by noun: `statistics` what was read, `analysis` what is told of it."""

from analysis.models.analysis import (
    Analysis,
    AnalysisDocument,
    AnalysisQuerySet,
    PeerSet,
    PeerSetMember,
)

__all__ = ["Analysis", "AnalysisDocument", "AnalysisQuerySet", "PeerSet", "PeerSetMember"]
