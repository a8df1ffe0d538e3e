"""Rules on shares and ratios: how high, and how much it has moved."""

from collections.abc import Callable
from functools import partial

from analysis.engine.arithmetic import change_points
from analysis.wording.findings.phrases import SAME, beside, direction, in_peers
from analysis.wording.findings.story import Finding, Story
from analysis.wording.units import STEPS
from uso.ground.lib.numerals import number, percent, points, signed, span
from uso.ground.lib.texts import LANGUAGES, Text, capital, text


def share_level(story: Story) -> Finding | None:
    """Write the latest share and whether it is more or less than usual."""
    comparison = story.comparison
    last = comparison.latest
    if last is None:
        return None
    own, group = comparison.own[last], comparison.group_in(last)
    country = comparison.country.get(last)
    tail = _more_or_less(story, own, group)
    brackets = beside(
        story,
        group,
        country,
        lambda value, lang: percent(value, 1, lang),
        named=group is not None,
    )
    much = {language: percent(own, 1, language) for language in LANGUAGES}
    who = story.measure.who
    sentence = text(
        fi=f"{capital(who['fi'])} oli vuoden {last} lopussa {much['fi']} väestöstä"
        f"{tail['fi']}{brackets['fi']}.",
        sv=f"I slutet av {last} var {much['sv']} av invånarna {who['sv']}"
        f"{tail['sv']}{brackets['sv']}.",
        en=f"At the end of {last}, {much['en']} of residents were {who['en']}"
        f"{tail['en']}{brackets['en']}.",
    )
    figures = {"last": last, "own": own, "peers": group, "country": country}
    return Finding("share_level", sentence, figures)


def _more_or_less(story: Story, own: float, group: float | None) -> Text:
    if group is None:
        return text(fi="", sv="", en="")
    where = in_peers(story)
    if abs(own - group) < SAME["share"]:
        return text(
            fi=f", suunnilleen saman verran kuin {where['fi']}",
            sv=f", ungefär samma andel som {where['sv']}",
            en=f", about the same as {where['en']}",
        )
    more = own > group
    return text(
        fi=f", {'enemmän' if more else 'vähemmän'} kuin {where['fi']}",
        sv=f", en {'större' if more else 'mindre'} andel än {where['sv']}",
        en=f", {'more' if more else 'less'} than {where['en']}",
    )


def share_change(story: Story) -> Finding | None:
    """Write how many percentage points the share has moved since the first year."""
    return _moved(
        story,
        "share_change",
        head=text(fi="Osuus", sv="Andelen", en="The share"),
        much=points,
        verbs={
            1: text(fi="kasvoi", sv="ökade med", en="grew by"),
            -1: text(fi="pieneni", sv="minskade med", en="fell by"),
        },
    )


# --- ratios: dependency


def ratio_level(story: Story) -> Finding | None:
    """Write the latest dependency ratio beside the peers and the country."""
    comparison = story.comparison
    last = comparison.latest
    if last is None:
        return None
    own, group = comparison.own[last], comparison.group_in(last)
    country = comparison.country.get(last)
    brackets = beside(story, group, country, lambda value, lang: number(value, 1, lang))
    much = {language: number(own, 1, language) for language in LANGUAGES}
    sentence = text(
        fi=f"Vuoden {last} lopussa sataa työikäistä kohden oli {much['fi']} lasta ja 65 vuotta"
        f" täyttänyttä{brackets['fi']}.",
        sv=f"I slutet av {last} fanns det {much['sv']} barn och personer som fyllt 65 år per hundra"
        f" personer i arbetsför ålder{brackets['sv']}.",
        en=f"At the end of {last} there were {much['en']} children and people aged 65 or over per"
        f" 100 people of working age{brackets['en']}.",
    )
    figures = {"last": last, "own": own, "peers": group, "country": country}
    return Finding("ratio_level", sentence, figures)


def ratio_change(story: Story) -> Finding | None:
    """Write how much the ratio has moved since the first year."""
    return _moved(
        story,
        "ratio_change",
        head=text(fi="Huoltosuhde", sv="Försörjningskvoten", en="The dependency ratio"),
        much=_steps,
        verbs={
            1: text(fi="nousi", sv="steg med", en="rose by"),
            -1: text(fi="laski", sv="sjönk med", en="fell by"),
        },
    )


def _steps(value: float, decimals: int, language: str) -> str:
    """Write how far a ratio has moved, in its own units."""
    return f"{number(value, decimals, language)}\N{NO-BREAK SPACE}{STEPS[language]}"


def _moved(
    story: Story, rule: str, *, head: Text, much: Callable[..., str], verbs: dict[int, Text]
) -> Finding | None:
    comparison = story.comparison
    first, last = comparison.first, comparison.latest
    if first is None or last is None or first == last:
        return None
    change = partial(change_points, decimals=1)
    own = change(comparison.own, first, last)
    if own is None or direction(own) == 0:
        return None
    group = comparison.group_change(change_points, first, last)
    country = change(comparison.country, first, last)
    brackets = beside(story, group, country, lambda value, lang: signed(value, 1, lang))
    verb, years = verbs[direction(own)], span(first, last)
    amount = {language: much(abs(own), 1, language) for language in LANGUAGES}
    sentence = text(
        fi=f"{head['fi']} {verb['fi']} {amount['fi']} vuosina {years}{brackets['fi']}.",
        sv=f"{head['sv']} {verb['sv']} {amount['sv']} {years}{brackets['sv']}.",
        en=f"{head['en']} {verb['en']} {amount['en']} in {years}{brackets['en']}.",
    )
    figures = {"first": first, "last": last, "own": own, "peers": group, "country": country}
    return Finding(rule, sentence, figures)
