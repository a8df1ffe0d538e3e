"""Words with a fixed meaning that tables, sources and pages of statistics share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissingReason(models.TextChoices):
    """Why there is no figure; a missing figure is never zero and never averaged in."""

    NOT_PUBLISHED = "not_published", _("Not published")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    UNAVAILABLE = "unavailable", _("Not available or too uncertain")
    CONFIDENTIAL = "confidential", _("Hidden for privacy")
    NOT_COLLECTED = "not_collected", _("Not collected")
    NOT_COMPARABLE = "not_comparable", _("Not comparable: the area has changed")


class Direction(models.TextChoices):
    """Which way is better for a municipality; neutral figures are never judged."""

    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    NEUTRAL = "neutral", _("Neither is better")


class IndicatorGroup(models.TextChoices):
    """The five groups of the situation analysis, in the order of the invitation."""

    POPULATION = "population", _("Population development")
    FINANCES = "finances", _("Municipal finances and leadership")
    VITALITY = "vitality", _("Vitality and employment")
    ENVIRONMENT = "environment", _("Environment")
    WELLBEING = "wellbeing", _("Wellbeing and participation")


class MergeRule(models.TextChoices):
    """What a figure of a municipality that has ended becomes in the one that took it over."""

    SUM = "sum", _("Counts are added up")
    WEIGHTED = "weighted", _("Figures are averaged, weighted by another indicator")
    NOT_COMPARABLE = "not_comparable", _("Figures before a merger are not comparable")


class DisplayMode(models.TextChoices):
    """How an analysis displays an indicator; without a mode its figures are stored and not displayed."""

    LEVEL = "level", _("As it is published")
    COUNT = "count", _("By its change, as an index")


class GroupFigure(models.TextChoices):
    """How the figure of chosen municipalities is formed; that of the whole country is the published one."""

    MEDIAN = "median", _("Median of the municipalities")
    WEIGHTED_MEAN = "weighted", _("Mean of the municipalities, weighted by another indicator")
    PUBLISHED = "published", _("Only as published: none is formed of chosen municipalities")


class ImportState(models.TextChoices):
    """How far an import of statistics is, and how it ended."""

    UPLOADED = "uploaded", _("File chosen, not read yet")
    RUNNING = "running", _("Running")
    STORED = "stored", _("Stored")
    UNCHANGED = "unchanged", _("Nothing changed")
    HELD = "held", _("Held for a check")
    PREVIEWED = "previewed", _("Read, waits to be taken")
    DECLINED = "declined", _("Not taken")
    FAILED = "failed", _("Failed")


class RejectReason(models.TextChoices):
    """Why rows that were read are not used."""

    UNUSED = "unused", _("No indicator uses this part of the table")
    NO_CONTENT = "no_content", _("The table does not have this content")
    OTHER_AREA = "other_area", _("Areas of another division")
    UNKNOWN_AREA = "unknown_area", _("Municipality codes that are not known")
    OTHER_PERIOD = "other_period", _("Periods that are not a year, quarter or month")
    TOO_LARGE = "too_large", _("Figures too large to be right")
    IMPOSSIBLE_YEAR = "impossible_year", _("Years that have not been")
    HIDDEN = "hidden", _("Hidden rows and columns")
    NO_TABLE = "no_table", _("The source does not know this table")
    MERGED = "merged", _("Municipalities that have ended, taken into their successors")


class Doubt(models.TextChoices):
    """What was read in a way that a person should check against the file."""

    PERCENT = "percent", _("Cells in the per cent format, read as they are displayed")
    NOT_PERCENT = (
        "not_percent",
        _("Percentages read into an indicator whose unit is not per cent"),
    )
    NOTE = "note", _("Notes in superscript, left out")
    HIDDEN = "hidden", _("Hidden in the file, read all the same")
    HIDDEN_SHEET = "hidden_sheet", _("The sheet is hidden in the file")
    ENCODING = "encoding", _("The text is not UTF-8: check letters such as å, ä and ö")


class PopulationState(models.TextChoices):
    READING = "reading", _("Being read")
    PREVIEWED = "previewed", _("Waits for a decision")
    STORED = "stored", _("Taken into use")
    DECLINED = "declined", _("Rejected")
    FAILED = "failed", _("Failed")


class PopulationOrigin(models.TextChoices):
    NETWORK = "network", _("Statistics Finland, over the network")
    STATISTICS = "statistics", _("The figures read for the situation analyses")
    FILE = "file", _("A file of my own")
