"""Adding, editing and retiring indicators; what is published stays as it is."""

from itertools import chain, count
from typing import Any

from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from analysis.statistics import usage
from analysis.statistics.catalogue import catalogue_entries
from analysis.statistics.enums import GroupFigure, MergeRule
from analysis.statistics.models import Indicator, Source
from municipalities.models import User
from uso.ground.actions import action
from uso.ground.lib.errors import RuleViolation


class IndicatorRefused(RuleViolation):
    """The indicator cannot be so."""


@action()
def save_indicator(*, indicator: Indicator | None, by: User, **fields: Any) -> Indicator:
    """Add an indicator, or change one; the next analyses that are built display it so.

    Raises
    ------
    IndicatorRefused
        When another in use has its name, or its weight cannot be one.
    """
    lock_source(fields["source"])
    _check_name(indicator, **fields)
    _check_weight(indicator, **fields)
    saved = indicator or Indicator(code=_unused_code(fields), position=_last_position() + 1)
    for name, value in fields.items():
        setattr(saved, name, value)
    saved.save()
    return saved


def lock_source(source: Source) -> None:
    """Let who saves an indicator of a source, and who imports it, wait for each other."""
    Source.objects.select_for_update().get(pk=source.pk)


def _check_name(indicator: Indicator | None, *, name_fi: str, **_others: Any) -> None:
    """Refuse a second indicator of a name in use: readers could not tell them apart."""
    others = Indicator.objects.filter(name_fi__iexact=name_fi, is_active=True)
    if indicator is not None:
        others = others.exclude(pk=indicator.pk)
    if others.exists():
        raise IndicatorRefused(_("There is an indicator of this name already."), field="name_fi")


def _check_weight(
    indicator: Indicator | None,
    *,
    weight: Indicator | None,
    merge_rule: str,
    group_figure: str,
    table: str,
    **_others: Any,
) -> None:
    """Refuse a weight that is none, or that over a merger is of another table."""
    averaged = merge_rule == MergeRule.WEIGHTED or group_figure == GroupFigure.WEIGHTED_MEAN
    if averaged and weight is None:
        raise IndicatorRefused(_("Name the indicator that is the weight."), field="weight")
    if weight is not None and indicator is not None and weight.pk == indicator.pk:
        raise IndicatorRefused(_("An indicator cannot weigh itself."), field="weight")
    if weight is not None and merge_rule == MergeRule.WEIGHTED and weight.table != table:
        raise IndicatorRefused(
            _(
                "%(weight)s stands in table %(table)s: over a merger the weight must come from the same table as the indicator."
            )
            % {"weight": weight.name, "table": weight.table},
            field="weight",
        )
    if indicator is None or indicator.is_active:
        _check_weight_in_use(weight)


def _check_weight_in_use(weight: Indicator | None) -> None:
    """Refuse a weight whose figures are read no more: a year without one has no mean."""
    if weight is not None and not _locked(weight).is_active:
        raise IndicatorRefused(
            _("The weight %(weight)s is retired: take it into use first.")
            % {"weight": weight.name},
            field="weight",
        )


def _locked(indicator: Indicator) -> Indicator:
    """Read an indicator anew: who retires it, and who weighs another by it, wait for each other."""
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=indicator.pk)


def _unused_code(fields: dict[str, Any]) -> str:
    """Make a code of the name that no other indicator, of the catalogue either, and no measure has."""
    stem = slugify(fields["name_en"] or fields["name_fi"]).replace("-", "_")[:40] or "indicator"
    keys = {entry.measure_key for entry in catalogue_entries()} | usage.derived_measure_keys()
    used = {
        *Indicator.objects.values_list("code", flat=True),
        *(entry.code for entry in catalogue_entries()),
        *(key.replace("-", "_") for key in keys),
    }
    candidates = chain([stem], (f"{stem}_{number}" for number in count(2)))
    return next(code for code in candidates if code not in used)


def _last_position() -> int:
    return Indicator.objects.aggregate(last=Max("position"))["last"] or 0


@action()
def retire_indicator(*, indicator: Indicator, by: User) -> Indicator:
    """Leave an indicator out of the next analyses and imports; its figures stay.

    Raises
    ------
    IndicatorRefused
        When another indicator in use is weighed by it.
    """
    _locked(indicator)
    weighed = Indicator.objects.filter(weight=indicator, is_active=True).first()
    if weighed:
        raise IndicatorRefused(
            _("%(name)s is weighed by this indicator: change that first.") % {"name": weighed.name}
        )
    return _set_active(indicator, active=False)


@action()
def reinstate_indicator(*, indicator: Indicator, by: User) -> Indicator:
    """Take a retired indicator into use again, from the next analyses and imports on.

    Raises
    ------
    IndicatorRefused
        When another in use has its name by now, or its weight is retired.
    """
    _check_name(indicator, name_fi=indicator.name_fi)
    _check_weight_in_use(indicator.weight)
    return _set_active(indicator, active=True)


def _set_active(indicator: Indicator, *, active: bool) -> Indicator:
    indicator.is_active = active
    indicator.save(update_fields=["is_active"])
    return indicator
