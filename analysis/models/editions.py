"""What an analysis of a municipality consists of: its peers, the editions of its analysis and their documents."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analysis.content.edition import EditionContent
from analysis.enums import UNPUBLISHED, AnalysisState, DocumentKind, DownloadKind, PeerGroup
from analysis.models.fields import ContentField
from municipalities.enums import Language
from municipalities.models import Municipality
from seasons.models import Season
from uso.ground.lib.models import paired


class PeerSet(models.Model):
    """The municipalities one municipality chose to be compared with in a season, and why.

    Its own choice stands in the members; who is in a ready group is found when an edition is built,
    and the members stay as they were. `weights` are those of the suggestion the choice was made by:
    factor to 0, 1 or 2 (analysis/engine/similarity.py); empty means the usual ones.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("why these"), blank=True)
    group = models.CharField(
        _("group"),
        max_length=8,
        choices=PeerGroup,
        default=PeerGroup.OWN,
        db_default=PeerGroup.OWN,
    )
    weights: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(
        _("weights of likeness"), default=dict, blank=True, db_default={}
    )
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "season"],
                name="peer_set_once_a_season",
                violation_error_message=_("The peers of this season are chosen already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} USO{self.season_id}"


class PeerSetMember(models.Model):
    """One of the peers, in the order they are printed."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    peer_set = models.ForeignKey(
        PeerSet, on_delete=models.CASCADE, db_constraint=False, related_name="members"
    )
    peer = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["peer_set", "peer"],
                name="peer_once_in_a_set",
                violation_error_message=_("The municipality is among the peers already."),
            ),
            models.CheckConstraint(
                condition=~Q(peer=F("municipality")),
                name="peer_is_somebody_else",
                violation_error_message=_("A municipality is not its own peer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.peer_set_id}: {self.peer_id}"


class MeasureKeys(models.Func):
    """The keys of the measures of a content, as a JSON array."""

    function = "jsonb_path_query_array"
    template = "%(function)s(%(expressions)s, '$.groups[*].measures[*].key')"


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    def published(self) -> "AnalysisQuerySet":
        """Editions given to the municipality."""
        return self.filter(state=AnalysisState.PUBLISHED)

    def newest(self) -> "Analysis | None":
        """Give the newest edition, content included."""
        return (
            self.order_by("-season__number", "-edition")
            .select_related("season", "approved_by")
            .first()
        )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["content", "versions", "measure_keys"],  # the fingerprint shows when they changed
    model_name="AnalysisEvent",
)
class Analysis(models.Model):
    """One edition of a municipality's situation analysis.

    `content` is all there is to it: page, PDF and data annex read nothing else. A coordinator
    approves it by its fingerprint; what changes it afterwards takes it back to draft, and it is
    published as it was approved. Once published the row never changes; the database holds both
    (migrations).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(_("edition"))
    state = models.CharField(
        _("state"), max_length=10, choices=AnalysisState, default=AnalysisState.DRAFT
    )
    content: "models.JSONField[EditionContent, EditionContent]" = ContentField(_("content"))
    # Read without the content, for all members at once: indicator to the data version it stands on.
    versions = models.GeneratedField(
        expression=KeyTransform("versions", "content"),
        output_field=models.JSONField(null=True),
        db_persist=True,
    )
    # Read without the content too: which measures it shows.
    measure_keys = models.GeneratedField(
        expression=MeasureKeys("content"), output_field=models.JSONField(), db_persist=True
    )
    sha256 = models.CharField(_("fingerprint of the content"), max_length=64)
    built_at = models.DateTimeField(_("built"), default=timezone.now)
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_sha256 = models.CharField(
        _("fingerprint of what was approved"),
        max_length=64,
        blank=True,
        db_default="",
        default="",
        help_text=_("Empty in editions published before approvals were recorded."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "season", "edition"], name="analysis_edition_once"
            ),
            models.UniqueConstraint(
                fields=["municipality", "season"],
                condition=Q(state__in=UNPUBLISHED),
                name="analysis_one_draft_at_a_time",
                violation_error_message=_("There is a draft already."),
            ),
            paired(
                "published_at",
                "published_by",
                only_if=Q(state=AnalysisState.PUBLISHED),
                otherwise=Q(state__in=UNPUBLISHED),
                name="analysis_published_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(state=AnalysisState.APPROVED),
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                    approved_sha256="",
                )
                | Q(
                    ~Q(state=AnalysisState.DRAFT),
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    approved_sha256=F("sha256"),
                ),
                name="analysis_approved_as_it_is",
                violation_error_message=_("The approval is of another content."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} USO{self.season_id} {self.edition}"

    @property
    def published(self) -> bool:
        """It was given to the municipality and stays as it is."""
        return self.state == AnalysisState.PUBLISHED

    @property
    def approved(self) -> bool:
        """It was found good and waits for publishing."""
        return self.state == AnalysisState.APPROVED


class AnalysisDocument(models.Model):
    """A file made of an edition.

    Its bytes are in the row: row-level security guards them and no disk is shared between
    machines (docs/adr).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    analysis = models.ForeignKey(
        Analysis, on_delete=models.CASCADE, db_constraint=False, related_name="documents"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    kind = models.CharField(_("kind"), max_length=4, choices=DocumentKind)
    content = models.BinaryField()
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    pages = models.PositiveSmallIntegerField(_("pages"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["analysis", "language", "kind"], name="analysis_document_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.analysis_id} {self.kind} {self.language}"


class AnalysisDownload(models.Model):
    """Somebody of the municipality took a published edition; a row of history, never changed."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    analysis = models.ForeignKey(
        Analysis, on_delete=models.PROTECT, db_constraint=False, related_name="downloads"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=DownloadKind)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("downloaded"), default=timezone.now)

    def __str__(self) -> str:
        return f"{self.analysis_id} {self.kind} {self.language}"
