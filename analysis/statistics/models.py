"""What was read from outside: sources, indicators, imports, data versions and their figures.

All of it is public statistics and the same for every municipality, so none of these tables is protected.
"""

import gzip
from typing import Any, ClassVar
from uuid import UUID

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analysis.statistics.enums import (
    Direction,
    DisplayMode,
    GroupFigure,
    ImportState,
    IndicatorGroup,
    MergeRule,
    MissingReason,
    PopulationOrigin,
    PopulationState,
)
from uso.ground.lib.models import Localized, paired

#: Area code of the whole country in observations, as Statistics Finland writes it.
WHOLE_COUNTRY = "SSS"


class Source(models.Model):
    """A publisher of statistics and the interface through which it is read."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=80)
    name_sv = models.CharField(_("name in Swedish"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    publisher_fi = models.CharField(_("publisher in Finnish"), max_length=80)
    publisher_sv = models.CharField(_("publisher in Swedish"), max_length=80, blank=True)
    publisher_en = models.CharField(_("publisher in English"), max_length=80, blank=True)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=40, default="CC BY 4.0")

    def __str__(self) -> str:
        return self.name

    name = Localized("name")
    publisher = Localized("publisher")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def active(self) -> "IndicatorQuerySet":
        """List the indicators in use, by group in the order of the invitation, then by position."""
        order = models.Case(
            *(models.When(group=group, then=at) for at, group in enumerate(IndicatorGroup.values))
        )
        return self.filter(is_active=True).order_by(order, "position", "code")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Indicator(models.Model):
    """A figure that is followed, and where in its source it is."""

    code = models.SlugField(_("code"), max_length=50, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="indicators")
    group = models.CharField(_("group"), max_length=12, choices=IndicatorGroup)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name_fi = models.CharField(_("name in Finnish"), max_length=120)
    name_sv = models.CharField(_("name in Swedish"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    definition_fi = models.TextField(_("definition in Finnish"), blank=True)
    definition_sv = models.TextField(_("definition in Swedish"), blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    unit_fi = models.CharField(_("unit in Finnish"), max_length=40)
    unit_sv = models.CharField(_("unit in Swedish"), max_length=40, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction, default=Direction.NEUTRAL
    )
    table = models.CharField(
        _("table"), max_length=120, help_text=_("Path in the source, such as StatFin/vaerak/11re.")
    )
    content_code = models.CharField(
        _("content code"), max_length=60, blank=True, help_text=_("Without a prefix.")
    )
    content_label = models.CharField(
        _("content text"), max_length=160, blank=True, help_text=_("Used where no code is known.")
    )
    selection = models.JSONField(
        _("further variables"),
        default=dict,
        blank=True,
        help_text=_("Text of a variable to the code of its value; others are read at their total."),
    )
    merge_rule = models.CharField(
        _("mergers"), max_length=16, choices=MergeRule, default=MergeRule.NOT_COMPARABLE
    )
    comparability_fi = models.TextField(_("remark on comparability in Finnish"), blank=True)
    comparability_sv = models.TextField(_("remark on comparability in Swedish"), blank=True)
    comparability_en = models.TextField(_("remark on comparability in English"), blank=True)
    influence_fi = models.TextField(
        _("what the municipality decides, in Finnish"), blank=True, db_default=""
    )
    influence_sv = models.TextField(
        _("what the municipality decides, in Swedish"), blank=True, db_default=""
    )
    influence_en = models.TextField(
        _("what the municipality decides, in English"), blank=True, db_default=""
    )
    display_mode = models.CharField(
        _("told in the analysis"), max_length=8, choices=DisplayMode, blank=True, db_default=""
    )
    stable_below = models.FloatField(
        _("called stable below"),
        default=0,
        db_default=0,
        help_text=_("Change over about five years; per cent for what is told by its change."),
    )
    breaks: "models.JSONField[list[int], list[int]]" = models.JSONField(
        _("comparability breaks"), default=list, blank=True, db_default=[]
    )
    group_figure = models.CharField(
        _("figure of a group"),
        max_length=10,
        choices=GroupFigure,
        default=GroupFigure.MEDIAN,
        db_default=GroupFigure.MEDIAN,
    )
    weight = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("weight"),
        help_text=_(
            "The indicator that is the denominator. It weighs the parts of a merger and the municipalities of a group alike."
        ),
    )
    is_projection = models.BooleanField(
        _("a projection"),
        default=False,
        db_default=False,
        help_text=_("It has figures of years that have not been yet."),
    )
    is_read = models.BooleanField(_("read from its source"), default=True, db_default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(content_code="", content_label=""),
                name="indicator_names_its_content",
                violation_error_message=_("Give the code or the text of the content."),
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=False)
                | (~Q(merge_rule=MergeRule.WEIGHTED) & ~Q(group_figure=GroupFigure.WEIGHTED_MEAN)),
                name="indicator_weighted_names_its_weight",
                violation_error_message=_("Name the indicator that is the weight."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    name = Localized("name")
    definition = Localized("definition")
    unit = Localized("unit")
    comparability = Localized("comparability")

    @property
    def table_id(self) -> str:
        """Last part of the table's path, as the publisher cites it."""
        return self.table.rsplit("/", 1)[-1]


class ImportRun(models.Model):
    """One reading of a source, with its report; a failed one leaves the figures as they were."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    # Jobs are protected rows, so no foreign key points to them from here.
    job_id: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(
        _("job"), null=True, unique=True, editable=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    origin = models.CharField(_("read from"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.RUNNING
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        _("report"), default=dict
    )
    error = models.TextField(_("error"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=ImportState.RUNNING, finished_at__isnull=True)
                | (~Q(state=ImportState.RUNNING) & Q(finished_at__isnull=False)),
                name="import_run_finished_has_its_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M} {self.state}"


class RawAnswer(models.Model):
    """An answer of a source as it came, compressed; it can be read again."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="answers")
    table = models.CharField(_("table"), max_length=120)
    origin = models.CharField(_("read from"), max_length=300)
    query = models.JSONField(_("query"), null=True)
    retrieved_at = models.DateTimeField(_("retrieved"))
    sha256 = models.CharField("SHA-256", max_length=64)
    body_gzip = models.BinaryField(_("answer"))

    def __str__(self) -> str:
        return f"{self.table} {self.sha256[:12]}"

    @property
    def body(self) -> bytes:
        """The answer, byte for byte."""
        return gzip.decompress(self.body_gzip)


class DataVersion(models.Model):
    """The figures of one table as one import found them; later versions never change them."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="versions")
    table = models.CharField(_("table"), max_length=120)
    number = models.PositiveIntegerField(_("number"))
    answer = models.OneToOneField(RawAnswer, on_delete=models.PROTECT, related_name="version")
    since = models.PositiveSmallIntegerField(
        _("whole from"),
        null=True,
        help_text=_("First year of a whole table; empty where the answer may be a part."),
    )
    label = models.CharField(_("title in the source"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher in the answer"), max_length=300, blank=True)
    source_updated_at = models.DateTimeField(_("published"), null=True)
    stored_at = models.DateTimeField(_("stored"), default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "table", "number"], name="data_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} v{self.number}"

    @property
    def table_id(self) -> str:
        """Last part of the table's path, as the publisher cites it."""
        return self.table.rsplit("/", 1)[-1]


class Observation(models.Model):
    """One figure of one area and year in one data version, or the reason why it is missing.

    The key begins with what is asked for and ends with the version, so that the newest figure of each
    area and year is read along the index. Rows come by COPY and are never changed.
    """

    pk = models.CompositePrimaryKey("indicator", "area", "year", "breakdown", "version")
    # A trigger checks both references once for each statement (migration 0006): checking them row by row
    # took two thirds of the time of COPY.
    version = models.ForeignKey(
        DataVersion,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    area = models.CharField(
        _("area"), max_length=5, help_text=_("Code of a municipality, SSS for the whole country.")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    breakdown = models.CharField(_("part"), max_length=40, blank=True)
    value = models.FloatField(_("value"), null=True)
    missing = models.CharField(_("why missing"), max_length=16, blank=True, choices=MissingReason)
    preliminary = models.BooleanField(_("preliminary"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__isnull=True, missing__in=MissingReason.values)
                | Q(value__isnull=False, missing=""),
                name="observation_value_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(value__gt=float("-inf"), value__lt=float("inf")),
                name="observation_value_is_finite",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area} {self.year}: {self.missing or self.value}"


class PopulationImport(models.Model):
    """Populations of one year as they were read, until a coordinator takes them into use or rejects them."""

    year = models.PositiveSmallIntegerField(_("year"))
    origin = models.CharField(_("read from"), max_length=10, choices=PopulationOrigin)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file = models.BinaryField(_("file"), null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=PopulationState, default=PopulationState.READING
    )
    # Jobs are protected rows, so no foreign key points to them from here.
    job_id: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(
        _("job"), null=True, unique=True, editable=False
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        _("what was read"), default=dict
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            paired(
                "decided_at",
                "decided_by",
                only_if=Q(state__in=(PopulationState.STORED, PopulationState.DECLINED)),
                name="population_import_decided_at_with_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.origin} {self.state}"

    @property
    def waits(self) -> bool:
        """Whether it was read and nobody has decided yet."""
        return self.state == PopulationState.PREVIEWED
