"""Rules on any published figure: its name, its unit and which way is better are all they know."""

from analysis.engine.arithmetic import change_pct, change_points
from analysis.engine.measures import Measure
from analysis.statistics.enums import Direction
from analysis.wording.findings.moves import recent, since_first
from analysis.wording.findings.phrases import Write, beside, direction, in_peers
from analysis.wording.findings.story import Finding, Story
from uso.ground.lib.numerals import number, percent, points, rounded, signed, signed_percent, span
from uso.ground.lib.texts import LANGUAGES, Text, text


def superseded(story: Story) -> Finding | None:
    """Say that the projection has been replaced; nothing is concluded from it."""
    remark = story.measure.limits
    return Finding("superseded", remark) if remark else None


def level_now(story: Story) -> Finding | None:
    """Tell the latest figure with its year, and whether it is higher or lower than usual."""
    comparison, measure = story.comparison, story.measure
    last = comparison.latest
    if last is None:
        return None
    own, group = comparison.own[last], comparison.group_in(last)
    country = comparison.country.get(last)
    tail = _higher_or_lower(story, own, group)
    brackets = beside(story, group, country, _bare(measure), named=group is not None)
    head = _outlook_head(story, own) if measure.outlook else _level_head(story, own, last)
    sentence = {key: head[key] + tail[key] + brackets[key] + "." for key in LANGUAGES}
    figures = {"last": last, "own": own, "peers": group, "country": country}
    return Finding("level_now", sentence, figures)


def _level_head(story: Story, own: float, last: int) -> Text:
    name, where = story.measure.name, _where(story)
    value = {key: written(own, story.measure, key) for key in LANGUAGES}
    return text(
        fi=f"{name['fi']} oli {where['fi']} {value['fi']} vuonna {last}",
        sv=f"{name['sv']} var {value['sv']} {where['sv']} {last}",
        en=f"{name['en']} was {value['en']} {where['en']} in {last}",
    )


def _outlook_head(story: Story, own: float) -> Text:
    name, where = story.measure.name, _where(story)
    value = {key: written(own, story.measure, key) for key in LANGUAGES}
    return text(
        fi=f"{name['fi']} on {where['fi']} {value['fi']}",
        sv=f"{name['sv']} är {value['sv']} {where['sv']}",
        en=f"{name['en']} is {value['en']} {where['en']}",
    )


def _where(story: Story) -> Text:
    return {key: story.name.locative(key) for key in LANGUAGES}


def _higher_or_lower(story: Story, own: float, group: float | None) -> Text:
    if group is None:
        return text(fi="", sv="", en="")
    where, decimals = in_peers(story), story.measure.decimals
    ours, usual = rounded(own, decimals), rounded(group, decimals)
    if ours == usual:
        return text(
            fi=f", yhtä paljon kuin {where['fi']}",
            sv=f", samma som {where['sv']}",
            en=f", the same as {where['en']}",
        )
    higher = ours > usual
    return text(
        fi=f", {'enemmän' if higher else 'vähemmän'} kuin {where['fi']}",
        sv=f", {'högre' if higher else 'lägre'} än {where['sv']}",
        en=f", {'higher' if higher else 'lower'} than {where['en']}",
    )


def level_change(story: Story) -> Finding | None:
    """Tell how much the figure has moved since the first year, and whether for the better."""
    move, measure = since_first(story, change_points), story.measure
    if move is None or direction(move.own, measure.decimals) == 0:
        return None
    own, first, last = move.own, move.first, move.last
    brackets = beside(story, move.peers, move.country, _signed(measure))
    better, up, name = judged(measure, own), own > 0, measure.name
    much = {key: _moved(abs(own), measure, key) for key in LANGUAGES}
    sentence = text(
        fi=f"{name['fi']} {'nousi' if up else 'laski'} {much['fi']} vuodesta {first} vuoteen"
        f" {last}{brackets['fi']}{better['fi']}.",
        sv=f"{name['sv']} {'steg' if up else 'sjönk'} med {much['sv']} från {first} till"
        f" {last}{brackets['sv']}{better['sv']}.",
        en=f"{name['en']} {'rose' if up else 'fell'} by {much['en']} from {first} to"
        f" {last}{brackets['en']}{better['en']}.",
    )
    return Finding("level_change", sentence, move.figures)


def number_over_span(story: Story) -> Finding | None:
    """Compare the change of a number from the first year with that of the peers."""
    move, measure = since_first(story, change_pct), story.measure
    if move is None:
        return None
    own, years = move.own, span(move.first, move.last)
    brackets = beside(story, move.peers, move.country, _signed_percent)
    better, head = judged(measure, own), _number_head(story, own, years)
    sentence = {key: head[key] + brackets[key] + better[key] + "." for key in LANGUAGES}
    return Finding("number_over_span", sentence, move.figures)


def _number_head(story: Story, own: float, years: str) -> Text:
    name, where, way = story.measure.name, _where(story), direction(own)
    if way == 0:
        return text(
            fi=f"{name['fi']} pysyi {where['fi']} ennallaan vuosina {years}",
            sv=f"{name['sv']} låg på samma nivå {where['sv']} {years}",
            en=f"{name['en']} stayed the same {where['en']} in {years}",
        )
    much = {key: percent(abs(own), 1, key) for key in LANGUAGES}
    return text(
        fi=f"{name['fi']} {'kasvoi' if way > 0 else 'pieneni'} {where['fi']} {much['fi']} vuosina"
        f" {years}",
        sv=f"{name['sv']} {'ökade' if way > 0 else 'minskade'} med {much['sv']} {where['sv']}"
        f" {years}",
        en=f"{name['en']} {'grew' if way > 0 else 'fell'} by {much['en']} {where['en']} in {years}",
    )


def number_now(story: Story) -> Finding | None:
    """Tell the latest number and its change over about five years."""
    move = recent(story, change_pct)
    if move is None:
        return None
    latest, first, last = story.comparison.own[move.last], move.first, move.last
    brackets = beside(story, move.peers, move.country, _signed_percent)
    name = story.measure.name
    now = {key: number(latest, 0, key) for key in LANGUAGES}
    change = {key: _signed_percent(move.own, key) for key in LANGUAGES}
    sentence = text(
        fi=f"{name['fi']} oli {now['fi']} vuonna {last}; muutos vuodesta {first} on"
        f" {change['fi']}{brackets['fi']}.",
        sv=f"{name['sv']} var {now['sv']} år {last}; förändringen från {first} är"
        f" {change['sv']}{brackets['sv']}.",
        en=f"{name['en']} was {now['en']} in {last}; the change from {first} is"
        f" {change['en']}{brackets['en']}.",
    )
    return Finding("number_now", sentence, {**move.figures, "count": latest})


def judged(measure: Measure, change: float) -> Text:
    """Say whether a change is for the better; nothing where neither way is, or none is seen."""
    decimals = 1 if measure.relative else measure.decimals
    way = direction(change, decimals)
    if measure.direction == Direction.NEUTRAL or way == 0:
        return text(fi="", sv="", en="")
    better = (way > 0) == (measure.direction == Direction.UP)
    return text(
        fi=f"; muutos on {'parempaan' if better else 'huonompaan'} suuntaan",
        sv=f"; förändringen är till det {'bättre' if better else 'sämre'}",
        en=f"; the change is for the {'better' if better else 'worse'}",
    )


def _per_cent(measure: Measure) -> bool:
    return measure.unit["en"] == "%"


def written(value: float, measure: Measure, language: str) -> str:
    """Write a figure with its unit."""
    if _per_cent(measure):
        return percent(value, measure.decimals, language)
    return f"{number(value, measure.decimals, language)}\xa0{measure.unit[language]}"


def _moved(value: float, measure: Measure, language: str) -> str:
    if _per_cent(measure):
        return points(value, measure.decimals, language)
    unit = "" if "100)" in measure.unit[language] else f"\xa0{measure.unit[language]}"
    return number(value, measure.decimals, language) + unit


def _bare(measure: Measure) -> Write:
    if _per_cent(measure):
        return lambda value, language: percent(value, measure.decimals, language)
    return lambda value, language: number(value, measure.decimals, language)


def _signed(measure: Measure) -> Write:
    return lambda value, language: signed(value, measure.decimals, language)


def _signed_percent(value: float, language: str) -> str:
    return signed_percent(value, 1, language)
