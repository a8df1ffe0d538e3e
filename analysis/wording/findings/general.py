"""Rules on any published figure: its name, its unit and which way is better are all they know."""

from functools import partial

from analysis.engine.arithmetic import change_pct, change_points
from analysis.wording.findings.judgement import is_steady, judged
from analysis.wording.findings.moves import Move, recent, since_first
from analysis.wording.findings.phrases import (
    bare,
    bare_change,
    beside,
    compared,
    direction,
    filled,
    short_subject,
    signed_bare,
    subject,
    written,
    written_change,
)
from analysis.wording.findings.story import Finding, Story
from analysis.wording.year_phrases import in_year
from uso.ground.lib.numerals import MINUS, number, percent, signed_percent, span
from uso.ground.lib.texts import LANGUAGES, Text, text


def level_now(story: Story) -> Finding | None:
    """Write the latest figure with its year, and whether it is higher or lower than usual."""
    comparison, measure = story.comparison, story.measure
    last = comparison.latest
    if last is None:
        return None
    own, group = comparison.own[last], comparison.group_in(last)
    country = comparison.country.get(last)
    tail = compared(story, own, group, counted=bool(measure.words.told))
    write = signed_bare(measure) if measure.is_change else bare(measure)
    brackets = beside(story, group, country, write, named=group is not None)
    head = _outlook_head(story, own) if measure.outlook else _level_head(story, own, last)
    sentence = {key: head[key] + tail[key] + brackets[key] + "." for key in LANGUAGES}
    figures = {"last": last, "own": own, "peers": group, "country": country}
    return Finding("level_now", sentence, figures)


def _level_head(story: Story, own: float, last: int) -> Text:
    measure, when = story.measure, in_year(last, story.measure.month)
    value = {key: written(own, measure, key) for key in LANGUAGES}
    if measure.words.told:
        figure = {key: number(own, measure.decimals, key) for key in LANGUAGES}
        told = filled(measure.words.told, story, number=figure, value=value)
        return {key: f"{told[key]} {when[key]}" for key in LANGUAGES}
    what = subject(story)
    return text(
        fi=f"{what['fi']} oli {value['fi']} {when['fi']}",
        sv=f"{what['sv']} var {value['sv']} {when['sv']}",
        en=f"{what['en']} was {value['en']} {when['en']}",
    )


def _outlook_head(story: Story, own: float) -> Text:
    what, value = subject(story), {key: written(own, story.measure, key) for key in LANGUAGES}
    return text(
        fi=f"{what['fi']} on {value['fi']}",
        sv=f"{what['sv']} är {value['sv']}",
        en=f"{what['en']} is {value['en']}",
    )


def level_change(story: Story) -> Finding | None:
    """Write how much the figure has moved since the first year, and whether for the better."""
    measure = story.measure
    move = since_first(story, change_points, partial(change_points, decimals=measure.decimals))
    if move is None or direction(move.own, measure.decimals) == 0:
        return None
    years = span(move.first, move.last)
    brackets = beside(story, move.peers, move.country, bare_change(measure))
    head = _still(story, move) if is_steady(story, move) else _moved(story, move)
    better = judged(story, move)
    tail = text(fi=f" vuosina {years}", sv=f" {years}", en=f" in {years}")
    sentence = {key: head[key] + tail[key] + brackets[key] + better[key] + "." for key in LANGUAGES}
    return Finding("level_change", sentence, move.figures)


def _moved(story: Story, move: Move) -> Text:
    what, verb = short_subject(story), _VERBS[bool(story.measure.words.told)][move.own > 0]
    much = {key: written_change(abs(move.own), story.measure, key) for key in LANGUAGES}
    return text(
        fi=f"{what['fi']} {verb['fi']} {much['fi']}",
        sv=f"{what['sv']} {verb['sv']} med {much['sv']}",
        en=f"{what['en']} {verb['en']} by {much['en']}",
    )


#: By whether it is said of what is counted, then by whether it is more.
_VERBS = {
    False: {
        True: text(fi="nousi", sv="steg", en="rose"),
        False: text(fi="laski", sv="sjönk", en="fell"),
    },
    True: {
        True: text(fi="kasvoi", sv="ökade", en="grew"),
        False: text(fi="väheni", sv="minskade", en="fell"),
    },
}


def _still(story: Story, move: Move) -> Text:
    """Say of a change that is called stable that hardly anything has happened."""
    what, sign = short_subject(story), "+" if move.own > 0 else MINUS
    much = {key: sign + written_change(abs(move.own), story.measure, key) for key in LANGUAGES}
    return text(
        fi=f"{what['fi']} pysyi lähes ennallaan (muutos {much['fi']})",
        sv=f"{what['sv']} var nästan oförändrad (förändring {much['sv']})",
        en=f"{what['en']} hardly changed (change {much['en']})",
    )


def number_over_span(story: Story) -> Finding | None:
    """Compare the change of a number from the first year with that of the peers."""
    move = since_first(story, change_pct)
    if move is None:
        return None
    own, years = move.own, span(move.first, move.last)
    brackets = beside(story, move.peers, move.country, _signed_percent)
    better, head = judged(story, move), _number_head(story, own, years)
    sentence = {key: head[key] + brackets[key] + better[key] + "." for key in LANGUAGES}
    return Finding("number_over_span", sentence, move.figures)


def _number_head(story: Story, own: float, years: str) -> Text:
    what, way = subject(story), direction(own)
    if way == 0:
        return text(
            fi=f"{what['fi']} pysyi ennallaan vuosina {years}",
            sv=f"{what['sv']} låg på samma nivå {years}",
            en=f"{what['en']} stayed the same in {years}",
        )
    much = {key: percent(abs(own), 1, key) for key in LANGUAGES}
    return text(
        fi=f"{what['fi']} {'kasvoi' if way > 0 else 'väheni'} {much['fi']} vuosina {years}",
        sv=f"{what['sv']} {'ökade' if way > 0 else 'minskade'} med {much['sv']} {years}",
        en=f"{what['en']} {'grew' if way > 0 else 'fell'} by {much['en']} in {years}",
    )


def number_now(story: Story) -> Finding | None:
    """Write the latest number and its change over about five years."""
    move = recent(story, change_pct)
    if move is None:
        return None
    latest, last = story.comparison.own[move.last], move.last
    brackets = beside(story, move.peers, move.country, _signed_percent)
    what, change = short_subject(story), since_then(move)
    now = {key: number(latest, 0, key) for key in LANGUAGES}
    sentence = text(
        fi=f"{what['fi']} oli {now['fi']} vuonna {last}; {change['fi']}{brackets['fi']}.",
        sv=f"{what['sv']} uppgick till {now['sv']} år {last}; {change['sv']}{brackets['sv']}.",
        en=f"{what['en']} was {now['en']} in {last}; {change['en']}{brackets['en']}.",
    )
    return Finding("number_now", sentence, {**move.figures, "count": latest})


def since_then(move: Move) -> Text:
    """Say how much a number has grown or fallen, after the sentence has named it."""
    way, first = direction(move.own), move.first
    if way == 0:
        return text(
            fi=f"muutosta vuodesta {first} ei ole",
            sv=f"ingen förändring sedan {first}",
            en=f"no change from {first}",
        )
    much = {key: percent(abs(move.own), 1, key) for key in LANGUAGES}
    return text(
        fi=f"{'kasvua' if way > 0 else 'vähennystä'} vuodesta {first} on {much['fi']}",
        sv=f"{'ökningen' if way > 0 else 'minskningen'} sedan {first} är {much['sv']}",
        en=f"the {'growth' if way > 0 else 'fall'} from {first} is {much['en']}",
    )


def _signed_percent(value: float, language: str) -> str:
    return signed_percent(value, 1, language)
