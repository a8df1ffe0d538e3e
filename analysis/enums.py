"""Words with a fixed meaning that tables and pages of the analysis share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeerGroup(models.TextChoices):
    """Whom a municipality is compared with: its own choice, or everybody a rule names."""

    OWN = "own", _("Our own choice")
    REGION = "region", _("Our region")
    SIZE = "size", _("Our size class")
    NETWORK = "network", _("The season's network")
    COUNTRY = "country", _("Every municipality of the country")


class AnalysisState(models.TextChoices):
    """How far an edition of a situation analysis is."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")


#: Editions the municipality does not see yet.
UNPUBLISHED = (AnalysisState.DRAFT, AnalysisState.APPROVED)


class Audience(models.TextChoices):
    """Who reads an expert's comment."""

    REPORT = "report", _("The municipality: it stands in the report with your name and the day")
    INTERNAL = "internal", _("The coordinator alone: an internal note")


class DownloadKind(models.TextChoices):
    """What was taken of an edition."""

    PDF = "pdf", _("PDF")
    TABLES = "tables", _("Tables")


class DocumentKind(models.TextChoices):
    """What file a document is."""

    PDF = "pdf", _("PDF")
