"""Rules on flows of people: births less deaths, moves between municipalities."""

from analysis.engine.arithmetic import Values
from analysis.engine.measures import FLOW_YEARS, NATURAL_INCREASE
from analysis.wording.findings.phrases import beside
from analysis.wording.findings.story import Finding, Story
from uso.ground.lib.numerals import number, signed, span
from uso.ground.lib.texts import LANGUAGES, Text, text

STREAK_YEARS = 3


def flow_total(story: Story) -> Finding | None:
    """Write the people gained or lost over the latest five years, and the rate beside others."""
    comparison = story.comparison
    last = comparison.latest
    if last is None:
        return None
    first = last - FLOW_YEARS + 1
    total = sum(story.counts[year] for year in range(first, last + 1))
    own, group = comparison.own[last], comparison.group_in(last)
    country = comparison.country.get(last)
    brackets = beside(story, group, country, lambda value, lang: signed(value, 1, lang))
    head = _natural(story, total, span(first, last))
    if story.measure.counted != NATURAL_INCREASE:
        head = _moves(story, total, span(first, last))
    rate = {language: signed(own, 1, language) for language in LANGUAGES}
    sentence = text(
        fi=f"{head['fi']}: {rate['fi']} henkeä tuhatta asukasta kohden vuodessa{brackets['fi']}.",
        sv=f"{head['sv']}: {rate['sv']} personer per 1\xa0000 invånare och år{brackets['sv']}.",
        en=f"{head['en']}: {rate['en']} per thousand residents a year{brackets['en']}.",
    )
    figures = {"first": first, "last": last, "own": own, "peers": group, "country": country}
    return Finding("flow_total", sentence, {**figures, "total": total})


def _natural(story: Story, total: float, years: str) -> Text:
    where = {language: story.name.locative(language) for language in LANGUAGES}
    if total == 0:
        return text(
            fi=f"Vuosina {years} syntyneitä ja kuolleita oli {where['fi']} yhtä monta",
            sv=f"Åren {years} föddes det lika många som dog {where['sv']}",
            en=f"In {years} births and deaths {where['en']} were equal in number",
        )
    much = {language: number(abs(total), 0, language) for language in LANGUAGES}
    more = total > 0
    return text(
        fi=f"Vuosina {years} {where['fi']} oli {'syntyneitä' if more else 'kuolleita'} yhteensä"
        f" {much['fi']} enemmän kuin {'kuolleita' if more else 'syntyneitä'}",
        sv=f"Åren {years} {'föddes' if more else 'dog'} det {where['sv']} sammanlagt {much['sv']} fler"
        f" än det {'dog' if more else 'föddes'}",
        en=f"In {years} there were {much['en']} more {'births' if more else 'deaths'} than"
        f" {'deaths' if more else 'births'} {where['en']}",
    )


def _moves(story: Story, total: float, years: str) -> Text:
    name = story.name
    if total == 0:
        return text(
            fi=f"Kuntien välinen muutto ei muuttanut {name.genitive_fi} väkilukua vuosina {years}",
            sv=f"Omflyttningen mellan kommuner ändrade inte folkmängden {name.locative('sv')} {years}",
            en=f"Moves between municipalities left the population of {name.en} unchanged in {years}",
        )
    much = {language: number(abs(total), 0, language) for language in LANGUAGES}
    more = total > 0
    return text(
        fi=f"Kuntien välinen muutto {'lisäsi' if more else 'vähensi'} {name.genitive_fi} väkilukua"
        f" vuosina {years} yhteensä {much['fi']} hengellä",
        sv=f"Omflyttningen mellan kommuner {'ökade' if more else 'minskade'} folkmängden"
        f" {name.locative('sv')} med sammanlagt {much['sv']} personer {years}",
        en=f"Moves between municipalities {'raised' if more else 'reduced'} the population of"
        f" {name.en} by {much['en']} people in {years}",
    )


def flow_streak(story: Story) -> Finding | None:
    """Say that the yearly balance has had one sign for at least three years up to the latest."""
    years = _streak(story.counts)
    if len(years) < STREAK_YEARS:
        return None
    first, last = years[0], years[-1]
    gain = story.counts[last] > 0
    births = story.measure.counted == NATURAL_INCREASE
    sentence = _streak_births(gain, span(first, last))
    if not births:
        sentence = _streak_moves(gain, span(first, last))
    return Finding("flow_streak", sentence, {"first": first, "last": last})


def _streak_births(gain: bool, years: str) -> Text:
    return text(
        fi=f"Syntyneitä on ollut {'enemmän' if gain else 'vähemmän'} kuin kuolleita joka vuosi"
        f" {years}.",
        sv=f"Antalet födda har varit {'större' if gain else 'mindre'} än antalet döda varje år {years}.",
        en=f"In every year {years} there were {'more' if gain else 'fewer'} births than deaths.",
    )


def _streak_moves(gain: bool, years: str) -> Text:
    return text(
        fi=f"Muuttovoittoa on kertynyt joka vuosi {years}."
        if gain
        else f"Muuttotappiota on kertynyt joka vuosi {years}.",
        sv=f"Kommunen har haft {'flyttningsöverskott' if gain else 'flyttningsunderskott'} varje år"
        f" {years}.",
        en=f"In every year {years} more people moved {'in than out' if gain else 'out than in'}.",
    )


def _streak(counts: Values) -> list[int]:
    """Collect the years up to the latest in which the balance keeps the sign of the latest."""
    years: list[int] = []
    for year in sorted(counts, reverse=True):
        follows = not years or year == years[0] - 1
        if not follows or counts[year] * counts[max(counts)] <= 0:
            break
        years.insert(0, year)
    return years
