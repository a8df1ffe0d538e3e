"""The measures of an analysis: those derived here, and the catalogue's, shown as published."""

from collections.abc import Mapping, Sequence

from analysis.engine.arithmetic import Values
from analysis.engine.compare import Derive
from analysis.engine.measures import INDEXED, SPECIAL, Measure, plain
from analysis.statistics.catalogue import CatalogueEntry, catalogue_entries, catalogue_sources
from analysis.statistics.enums import GroupFigure
from uso.ground.lib.texts import LANGUAGES, Text, text


def since_break(derive: Derive, breaks: Sequence[int]) -> Derive:
    """Give only what follows the last break: figures on its two sides are never set side by side."""

    def derived(figures: Mapping[str, Values]) -> dict[int, float]:
        values = derive(figures)
        first = max((year for year in breaks if any(year <= each for each in values)), default=None)
        return values if first is None else {year: values[year] for year in values if year >= first}

    return derived if breaks else derive


def general(row: CatalogueEntry, source: Mapping[str, str], weight_name: Text) -> Measure:
    """Make a measure of an indicator that is shown as it is published.

    Parameters
    ----------
    row
        The indicator as the catalogue or the database tells it; its kind is not empty.
    source
        Names and publisher of its source, by field and language (`name_fi`, `publisher_fi`, …).
    weight_name
        Name of the indicator that is its weight; empty where it has none.
    """
    weighted = row.group_figure == GroupFigure.WEIGHTED_MEAN and row.active
    named = {language: _named(row.name[language], row.unit[language]) for language in LANGUAGES}
    return Measure(
        key=row.measure_key,
        group=row.display_group or row.group,
        kind=row.display_mode,
        needs=(row.code,) if row.active else (),
        derive=since_break(plain(row.code), row.breaks) if row.active else _nothing,
        decimals=row.decimals,
        steady=row.stable_below,
        name=row.name,
        unit=row.unit,
        axis=INDEXED if row.display_mode == "count" else named,
        definition=row.definition,
        limits=_remark(row, source),
        general=True,
        direction=row.direction,
        calendar=row.calendar,
        outlook=row.outlook,
        month=row.month,
        exact=row.exact,
        words=row.words,
        influence=row.influence if row.influence["fi"] else {},
        group_figure=row.group_figure,
        weight=row.weight if weighted else "",
        weight_name=weight_name if weighted else {},
    )


def shipped(row: CatalogueEntry) -> Measure:
    """Make a measure of an indicator as the catalogue tells it."""
    names = {each.code: each.name for each in catalogue_entries()}
    return general(row, catalogue_sources()[row.source], names.get(row.weight, {}))


def _nothing(_figures: Mapping[str, Values]) -> dict[int, float]:
    return {}


def _named(name: str, unit: str) -> str:
    """Name the axis by what is drawn and its unit; a unit in brackets needs no comma.

    Examples
    --------
    >>> _named("Työttömyysaste", "%"), _named("Sairastavuusindeksi", "(koko maa = 100)")
    ('Työttömyysaste, %.', 'Sairastavuusindeksi (koko maa = 100).')
    """
    return f"{name} {unit}." if unit.startswith("(") else f"{name}, {unit}."


def _remark(row: CatalogueEntry, source: Mapping[str, str]) -> Text | None:
    """Give the remark; of one without figures the source they will come from and then the remark."""
    if row.active:
        return row.remark if row.remark["fi"] else None
    names = {language: _source_named(source, language) for language in LANGUAGES}
    awaited = text(
        fi=f"Lukua ei vielä ole. Lähde, josta se tuodaan: {names['fi']}.",
        sv=f"Det finns ännu ingen siffra. Källan den hämtas från: {names['sv']}.",
        en=f"There is no figure yet. The source it will come from: {names['en']}.",
    )
    return {
        language: f"{awaited[language]} {row.remark[language]}".strip() for language in LANGUAGES
    }


def _source_named(source: Mapping[str, str], language: str) -> str:
    publisher = source[f"publisher_{language}"] or source["publisher_fi"]
    return f"{publisher}, {source[f'name_{language}'] or source['name_fi']}"


#: What the catalogue tells; an analysis is made of the indicators in use (`analysis.queries.measures_in_use`).
MEASURES: tuple[Measure, ...] = (
    *SPECIAL,
    *(shipped(row) for row in catalogue_entries() if row.display_mode),
)


def measure(key: str) -> Measure:
    """Find a measure by its key; KeyError for an unknown one."""
    return {found.key: found for found in MEASURES}[key]
