"""What the situation analysis refuses."""

from uso.ground.lib.errors import RuleViolation


class AnalysisRefused(RuleViolation):
    """The analysis cannot be changed so."""
