"""What is read first: the measures that stand out, by whether that is good, in the edition's own sentences."""

from dataclasses import dataclass

from analysis.content.reading import Json, find_measure, group_at, group_of
from analysis.render.words import place_writer, sentence
from uso.ground.lib.texts import text

HEADS = {
    "better": text(
        fi="Paremmin kuin vertailukunnissa",
        sv="Bättre än i jämförelsekommunerna",
        en="Better than among the peers",
    ),
    "worse": text(
        fi="Heikommin kuin vertailukunnissa",
        sv="Sämre än i jämförelsekommunerna",
        en="Worse than among the peers",
    ),
    "different": text(
        fi="Toisin kuin vertailukunnissa",
        sv="Annorlunda än i jämförelsekommunerna",
        en="Other than among the peers",
    ),
}
#: Without peers to stand out from, this many of each group are read first.
FIRST_OF_A_GROUP = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A measure with its first sentence, and the comparison alone: our figure beside the peers'."""

    key: str
    name: str
    sentence: str
    compared: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under one head, the farthest from the peers first; `kind` is empty for a group."""

    kind: str
    head: str
    lines: tuple[Line, ...]


def blocks(content: Json, language: str) -> tuple[Block, ...]:
    """List what stands out; nothing in an edition that does not keep it, or without peers."""
    told = content.get("highlights", [])
    found = (
        Block(
            kind,
            head[language],
            _lines(content, [e["key"] for e in told if e["kind"] == kind], language),
        )
        for kind, head in HEADS.items()
    )
    return tuple(block for block in found if block.lines)


def summary(content: Json, language: str) -> tuple[Block, ...]:
    """List what stands out or, where nothing can, the first measures of each group."""
    return blocks(content, language) or tuple(
        block for group in content["groups"] if (block := _group(content, group, language)).lines
    )


def _group(content: Json, group: Json, language: str) -> Block:
    told = [each["key"] for each in group["measures"] if each["findings"]]
    return Block("", group["name"][language], _lines(content, told[:FIRST_OF_A_GROUP], language))


def _lines(content: Json, keys: list[str], language: str) -> tuple[Line, ...]:
    found = (find_measure(content, key) for key in keys)
    told = (each.measure for each in found if each and each.measure["findings"])
    return tuple(_line(content, measure, language) for measure in told)


def _line(content: Json, measure: Json, language: str) -> Line:
    return Line(
        key=measure["key"],
        name=measure["name"][language],
        sentence=sentence(measure["findings"][0], language),
        compared=_compared(content, measure, language),
    )


def _compared(content: Json, measure: Json, language: str) -> str:
    """Write our figure, that of the peers and the moment; nothing without peers."""
    place, group = measure["position"], group_of(content, measure)
    theirs = group_at(place) if place else None
    if theirs is None or group is None:
        return ""
    write, unit = place_writer(measure, language), measure["unit"][language]
    own, what = write(place["own"]), place["what"][language]
    ours = own if "%" in own else f"{own} {unit}"
    return f"{ours}, {group['label'][language]} {write(theirs)} ({what})"
