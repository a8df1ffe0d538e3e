"""What is read first: the measures that stand out, by whether that is good, in the edition's own sentences."""

from dataclasses import dataclass

from analysis.content.edition import EditionContent, EditionGroup, EditionMeasure
from analysis.engine.recency import is_recent
from analysis.render.chart_words import position_writer, sentence
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
class HighlightLine:
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
    lines: tuple[HighlightLine, ...]


def blocks(content: EditionContent, language: str) -> tuple[Block, ...]:
    """List what stands out; nothing without peers."""
    found = (
        Block(
            kind,
            head[language],
            _lines(
                content, [each.key for each in content.highlights if each.kind == kind], language
            ),
        )
        for kind, head in HEADS.items()
    )
    return tuple(block for block in found if block.lines)


def summary(content: EditionContent, language: str) -> tuple[Block, ...]:
    """List what stands out or, where nothing can, the first measures of each group."""
    return blocks(content, language) or tuple(
        block for group in content.groups if (block := _group(content, group, language)).lines
    )


def _group(content: EditionContent, group: EditionGroup, language: str) -> Block:
    year = content.edition.made_on.year
    keys = [
        each.key
        for each in group.measures
        if each.findings and each.latest and is_recent(each.latest.last, year)
    ]
    return Block("", group.name[language], _lines(content, keys[:FIRST_OF_A_GROUP], language))


def _lines(content: EditionContent, keys: list[str], language: str) -> tuple[HighlightLine, ...]:
    found = (content.measure(key) for key in keys)
    return tuple(_line(each, language) for each in found if each and each.findings)


def _line(measure: EditionMeasure, language: str) -> HighlightLine:
    return HighlightLine(
        key=measure.key,
        name=measure.name[language],
        sentence=sentence(measure.findings[0], language),
        compared=_compared(measure, language),
    )


def _compared(measure: EditionMeasure, language: str) -> str:
    """Write our figure, that of the peers and the moment; nothing without peers."""
    position, peers = measure.position, measure.peers_figure
    if position is None or position.group is None or peers is None:
        return ""
    write, unit = position_writer(measure, position, language), measure.unit[language]
    own, what = write(position.own), position.what[language]
    ours = own if "%" in own else f"{own} {unit}"
    return f"{ours}, {peers.label[language]} {write(position.group)} ({what})"
