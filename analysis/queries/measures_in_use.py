"""What the next analysis has: the measures of the indicators in use, in one place."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from analysis.engine.measure_list import MEASURES, general
from analysis.engine.measures import SPECIAL, Measure
from analysis.statistics.catalogue import CatalogueEntry, Words, catalogue_entries
from analysis.statistics.models import Indicator, Observation, Source
from uso.ground.lib.texts import LANGUAGES, Text

_TEXTS = ("name", "definition", "unit", "comparability", "influence")
_SOURCE = tuple(f"{name}_{language}" for name in ("name", "publisher") for language in LANGUAGES)


def measures_in_use() -> tuple[Measure, ...]:
    """Return the measures of the indicators that are in use (two queries).

    A measure derived from several indicators is in use while all of them are in use. An indicator without any
    figure says where its figures will come from. Before the first import it is the catalogue itself.
    """
    figures = Observation.objects.filter(indicator=OuterRef("pk"), value__isnull=False)
    # In the order of the key, so that its index is read: for Exists the whole table was, 1 s.
    first = figures.order_by("area", "year").values("year")[:1]
    if not Indicator.objects.exists():
        return MEASURES
    used = list(
        Indicator.objects.active()
        .select_related("source", "weight")
        .annotate(first_year=Subquery(first))
    )
    codes = {one.code for one in used}
    return (
        *(each for each in SPECIAL if codes.issuperset(each.needs)),
        *_generals(used),
    )


def _generals(used: Iterable[Indicator]) -> Iterable[Measure]:
    shipped = {row.code: row for row in catalogue_entries()}
    for one in used:
        row = shipped.get(one.code)
        figures = one.first_year is not None  # annotated
        if one.display_mode:
            weight = _text(one.weight, "name") if one.weight else {}
            yield general(told_row(one, row, figures=figures), source_texts(one.source), weight)


def told_row(one: Indicator, shipped: CatalogueEntry | None, *, figures: bool) -> CatalogueEntry:
    """Return an indicator as the catalogue has it; what a form does not ask is the catalogue's."""
    texts = {name: _text(one, name) for name in _TEXTS}
    as_shipped = shipped is not None and texts["comparability"] == shipped.comparability
    return CatalogueEntry(
        code=one.code,
        group=one.group,
        source=one.source.code,
        table=one.table,
        name=texts["name"],
        definition=texts["definition"],
        unit=texts["unit"],
        comparability=texts["comparability"],
        influence=texts["influence"],
        remark=shipped.remark if shipped and as_shipped else texts["comparability"],
        decimals=one.decimals,
        direction=one.direction,
        display_mode=one.display_mode if figures else "absent",
        stable_below=one.stable_below,
        breaks=tuple(one.breaks),
        group_figure=one.group_figure,
        weight=one.weight.code if one.weight else "",
        key=shipped.key if shipped else "",
        display_group=shipped.display_group if shipped and shipped.group == one.group else "",
        calendar=shipped.calendar if shipped else (),
        outlook=one.is_projection,
        month=shipped.month if shipped else 0,
        exact=shipped.exact if shipped else False,
        # They speak of an indicator by the catalogue's name alone.
        words=shipped.words if shipped and texts["name"] == shipped.name else Words(),
    )


def source_texts(source: Source) -> dict[str, str]:
    """Return the names and the publisher of a source in the three languages."""
    return {name: getattr(source, name) for name in _SOURCE}


def _text(one: Indicator, name: str) -> Text:
    """Return a text in three languages, in Finnish where another is not written."""
    finnish: str = getattr(one, f"{name}_fi")
    return {language: getattr(one, f"{name}_{language}") or finnish for language in LANGUAGES}
