"""What the figures do not carry: gaps, old years, peers left out, weights missing, small numbers."""

from collections.abc import Mapping, Sequence

from analysis.engine.compare import Comparison, base_year
from analysis.engine.group_figures import MOST_PEERS
from analysis.engine.measures import Measure
from analysis.engine.recency import RECENT_YEARS, is_old
from analysis.statistics.enums import MissingReason
from analysis.wording.names import Name
from uso.ground.lib.numerals import span
from uso.ground.lib.texts import LANGUAGES, Text, text

SMALL_PEOPLE = 2_000


def limits(
    measure: Measure,
    comparison: Comparison,
    *,
    names: Mapping[str, Name],
    made_in: int,
    people: float | None,
    reasons: Mapping[int, str],
) -> list[Text]:
    """Collect the remarks of one measure.

    Parameters
    ----------
    measure, comparison
        The measure and its figures.
    names
        The peers by their code.
    made_in
        Year of the analysis, against which a figure is old.
    people
        Our latest population; in a small municipality single families show in a rate.
    reasons
        Year to why we have no figure (`MissingReason`).
    """
    own_remark = [measure.limits] if measure.limits else []
    if measure.kind == "absent":
        return own_remark
    if not comparison.own:
        return [_nothing(reasons if measure.general else {}), *own_remark]
    notes = [
        _gaps(measure, comparison, reasons),
        _country_gaps(measure, comparison),
        _old(comparison, made_in),
        _left_out([names[code] for code in comparison.left_out]),
        _weightless(comparison),
        _from_zero(measure, comparison, names),
        _small(measure, people),
        measure.limits,
    ]
    return [note for note in notes if note]


def _nothing(reasons: Mapping[int, str]) -> Text:
    """Say that there is no figure at all, and why where it is known."""
    if reasons:
        listed = {key: _with_reasons(list(reasons), reasons, key) for key in LANGUAGES}
        return text(
            fi=f"Kunnan luku puuttuu aineistosta: {listed['fi']}.",
            sv=f"Kommunens siffra saknas i materialet: {listed['sv']}.",
            en=f"The material lacks the municipality's figure: {listed['en']}.",
        )
    return text(
        fi="Lukuja ei ole saatu kunnasta. Ne lisätään, kun lähde julkaisee ne.",
        sv="Det finns inga siffror för kommunen. De läggs till när källan publicerar dem.",
        en="No figures have been had for the municipality. They will be added when the source"
        " publishes them.",
    )


def years_listed(years: Sequence[int]) -> str:
    """Write years as spans.

    Examples
    --------
    >>> years_listed([2019, 2020, 2022, 2023])
    '2019–2020, 2022–2023'
    """
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(span(first, last) for first, last in spans)


def _gaps(measure: Measure, comparison: Comparison, reasons: Mapping[int, str]) -> Text | None:
    """Name the years missing in between, with the reason where it is known."""
    own = comparison.own
    years = measure.calendar or range(min(own), max(own))
    missing = [year for year in years if min(own) < year < max(own) and year not in own]
    if not missing or measure.outlook:
        return None
    one = len(missing) == 1
    listed = {key: _with_reasons(missing, reasons, key) for key in LANGUAGES}
    return text(
        fi=f"Aineistosta {'puuttuu vuosi' if one else 'puuttuvat vuodet'} {listed['fi']};"
        " kuviossa on siinä kohdassa aukko.",
        sv=f"I materialet saknas {'året' if one else 'åren'} {listed['sv']}; diagrammet har en"
        " lucka där.",
        en=f"The material lacks the {'year' if one else 'years'} {listed['en']}; the chart shows a"
        " gap there.",
    )


def _with_reasons(years: Sequence[int], reasons: Mapping[int, str], language: str) -> str:
    by_reason: dict[str, list[int]] = {}
    for year in years:
        by_reason.setdefault(reasons.get(year, ""), []).append(year)
    parts = []
    for reason, group in by_reason.items():
        why = REASONS[reason][language] if reason in REASONS else ""
        parts.append(f"{years_listed(group)} ({why})" if why else years_listed(group))
    return ", ".join(parts)


REASONS: dict[str, Text] = {
    MissingReason.NOT_PUBLISHED: text(fi="ei julkaistu", sv="inte publicerat", en="not published"),
    MissingReason.NOT_APPLICABLE: text(fi="ei sovellu", sv="inte tillämpligt", en="not applicable"),
    MissingReason.UNAVAILABLE: text(
        fi="ei saatavilla tai liian epävarma",
        sv="inte tillgängligt eller för osäkert",
        en="not available or too uncertain",
    ),
    MissingReason.CONFIDENTIAL: text(
        fi="salattu tietosuojan vuoksi", sv="dolt av sekretesskäl", en="hidden for privacy"
    ),
    MissingReason.NOT_COLLECTED: text(fi="ei ole koottu", sv="inte insamlat", en="not collected"),
    MissingReason.NOT_COMPARABLE: text(
        fi="ei vertailukelpoinen kuntaliitoksen vuoksi",
        sv="inte jämförbart på grund av kommunsammanslagning",
        en="not comparable because of a merger",
    ),
}


def _country_gaps(measure: Measure, comparison: Comparison) -> Text | None:
    if measure.country_is_zero:
        return None
    missing = [year for year in comparison.own if year not in comparison.country]
    if not missing:
        return None
    years = years_listed(missing)
    return text(
        fi=f"Koko maan luku puuttuu aineistosta: {years}.",
        sv=f"Siffran för hela landet saknas i materialet: {years}.",
        en=f"The material lacks the figure of the whole country: {years}.",
    )


def _old(comparison: Comparison, made: int) -> Text | None:
    last = max(comparison.own)
    if is_old(last, made):
        return text(
            fi=f"Uusin käytettävissä oleva luku on vuodelta {last}, yli viiden vuoden takaa. Se kertoo"
            " menneestä: tilanne on voinut muuttua paljon.",
            sv=f"Den senaste tillgängliga siffran är från {last}, mer än fem år tillbaka. Den beskriver"
            " det förgångna: läget kan ha förändrats mycket.",
            en=f"The latest figure at hand is of {last}, more than five years ago. It tells of the"
            " past: the situation may have changed much.",
        )
    if made - last < RECENT_YEARS:
        return None
    return text(
        fi=f"Uusin käytettävissä oleva luku on vuodelta {last}. Tilanne on voinut muuttua sen"
        " jälkeen.",
        sv=f"Den senaste tillgängliga siffran är från {last}. Läget kan ha förändrats sedan dess.",
        en=f"The latest figure at hand is of {last}. The situation may have changed since.",
    )


def _left_out(peers: Sequence[Name]) -> Text | None:
    if not peers:
        return None
    if len(peers) > MOST_PEERS:
        return text(
            fi=f"Vertailusta puuttuu {len(peers)} kuntaa, joiden sarja ei ole täydellinen.",
            sv=f"Ur jämförelsen saknas {len(peers)} kommuner vars serie inte är fullständig.",
            en=f"Left out of the comparison: {len(peers)} municipalities whose series is not"
            " complete.",
        )
    listed = {key: ", ".join(peer.nominative(key) for peer in peers) for key in LANGUAGES}
    one = len(peers) == 1
    missing = "puuttuu kunta, jonka" if one else "puuttuvat kunnat, joiden"
    return text(
        fi=f"Vertailusta {missing} sarja ei ole täydellinen: {listed['fi']}.",
        sv=f"Ur jämförelsen saknas {'den kommun' if one else 'de kommuner'} vars serie inte är"
        f" fullständig: {listed['sv']}.",
        en=f"Left out of the comparison because the series is not complete: {listed['en']}.",
    )


def _weightless(comparison: Comparison) -> Text | None:
    """Name the years in which a peer's weight is missing, so that they have no weighted mean."""
    if comparison.mean is None:
        return None
    wanted = [year for year in comparison.distribution if year in comparison.own]
    missing = [year for year in wanted if year not in comparison.mean]
    if not missing:
        return None
    years = years_listed(missing)
    return text(
        fi=f"Vertailukuntien painotettua keskiarvoa ei ole: jonkin kunnan painoluku puuttuu ({years}).",
        sv="Jämförelsekommunernas vägda medelvärde finns inte: vikten saknas för någon kommun"
        f" ({years}).",
        en=f"There is no weighted mean of the peers: the weight of some municipality is missing"
        f" ({years}).",
    )


def _from_zero(measure: Measure, comparison: Comparison, names: Mapping[str, Name]) -> Text | None:
    """Name the peers whose number began from zero: a change in per cent has no meaning then."""
    first, last = comparison.first, comparison.latest
    if not measure.relative or first is None or last is None or comparison.mean is not None:
        return None
    bases = {first, base_year(comparison.own, last)}
    peers = [
        code
        for code, values in comparison.members.items()
        if any(values.get(year) == 0 for year in bases if year is not None)
    ]
    if not peers:
        return None
    listed = {key: ", ".join(names[code].nominative(key) for code in peers) for key in LANGUAGES}
    return text(
        fi="Vertailukuntien muutokselle ei ole mediaania, sillä jonkin kunnan luku on ollut"
        f" lähtövuonna nolla: {listed['fi']}.",
        sv="Det finns ingen median för jämförelsekommunernas förändring, eftersom någon kommuns"
        f" siffra var noll under utgångsåret: {listed['sv']}.",
        en="There is no median of the peers' changes, as the figure of some municipality was zero"
        f" in the first year: {listed['en']}.",
    )


def _small(measure: Measure, people: float | None) -> Text | None:
    if measure.kind != "rate" or people is None or people >= SMALL_PEOPLE:
        return None
    return text(
        fi="Kunnassa on alle 2 000 asukasta: muutaman perheen muutto tai muutama syntymä näkyy"
        " luvussa, joten pienille eroille ei kannata antaa painoa.",
        sv="Kommunen har under 2 000 invånare: några familjers flyttning eller några födslar syns i"
        " siffran, så små skillnader bör inte ges vikt.",
        en="The municipality has fewer than 2,000 residents: the moves of a few families or a few"
        " births show in the figure, so small differences should carry no weight.",
    )
