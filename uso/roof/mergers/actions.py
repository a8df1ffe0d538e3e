"""Merging municipalities: what lives on moves in one transaction, the rest stays for reading."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality, Population, User
from uso.ground.actions import action
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.mergers.moving import Mover
from uso.roof.mergers.plans import MergerPlan, MergerRefused, NewMunicipality
from uso.roof.mergers.queries.merger_preview import draft_invoice

WHY = "a merger moves rows from one municipality to another"


@dataclass(frozen=True)
class MergerDone:
    """What was merged into which municipality."""

    plan: MergerPlan
    into: Municipality


@action()
def merge_municipalities(*, plan: MergerPlan, by: User, at: datetime) -> MergerDone:
    """Merge municipalities into another: all of it or nothing; done twice it is refused.

    Whatever is done for one of them meanwhile waits, and is refused then with what became of it.

    Raises
    ------
    MergerRefused
        When the day has not come, or something stands against it.
    """
    today = timezone.localdate(at)
    with across_municipalities(reason=WHY):
        plan = _locked(plan)
        plan.require_possible()
        if waits := plan.waits_in_words(today=today):
            raise MergerRefused(waits)
        if obstacle := draft_invoice(plan):
            raise MergerRefused(obstacle)
        into = plan.into
        if isinstance(into, NewMunicipality):
            into = _found(into, plan)
        for former in plan.formers:
            Mover(former, into, plan.effective_on, by, at).move()
            _end(former, into, plan.effective_on)
        into.save(update_fields=["former_names"])
    return MergerDone(plan, into)


def _locked(plan: MergerPlan) -> MergerPlan:
    """Lock the municipalities, in one order; nothing can point to them until this ends."""
    keys = [one.pk for one in plan.formers]
    if isinstance(plan.into, Municipality):
        keys.append(plan.into.pk)
    rows = Municipality.objects.filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(of=("self",))}
    into = found[plan.into.pk] if isinstance(plan.into, Municipality) else plan.into
    return MergerPlan([found[one.pk] for one in plan.formers], into, plan.year)


def _found(new: NewMunicipality, plan: MergerPlan) -> Municipality:
    """Found a wholly new municipality, in the region of the first of them, with their populations summed."""
    first = plan.formers[0]
    copied = (
        "region_code", "region_fi", "region_sv", "subregion_fi", "grouping_fi", "welfare_area_fi",
        "employment_area_fi", "language_status",
    )  # fmt: skip
    fields: dict[str, Any] = {name: getattr(first, name) for name in copied}
    try:
        with transaction.atomic():
            made = Municipality.objects.create(
                code=new.code, slug=new.slug, name_fi=new.name_fi, name_sv=new.name_sv,
                genitive_fi=new.genitive_fi, founded_on=plan.effective_on, **fields,
            )  # fmt: skip
    except IntegrityError:
        raise MergerRefused(
            _("There is a municipality with this code or name already: choose it instead."),
            field="code",
        ) from None
    _add_up_populations(made, plan)
    return made


def _add_up_populations(made: Municipality, plan: MergerPlan) -> None:
    """Give it the sum of those merged of each year that is known of all of them."""
    rows = Population.objects.filter(municipality__in=plan.formers, year__lt=plan.year)
    by_year: dict[int, list[int]] = {}
    for year, count in rows.values_list("year", "count"):
        by_year.setdefault(year, []).append(count)
    Population.objects.bulk_create(
        Population(municipality=made, year=year, count=sum(counts), source=plan.sum_source[:120])
        for year, counts in sorted(by_year.items())
        if len(counts) == len(plan.formers)
    )


def _end(former: Municipality, into: Municipality, on: date) -> None:
    former.merged_into, former.merged_on = into, on
    former.save(update_fields=["merged_into", "merged_on"])
    names = f"{former.name_fi} {former.name_sv} {former.former_names}".split()
    known = into.former_names.split()
    into.former_names = " ".join([*known, *(n for n in dict.fromkeys(names) if n not in known)])
