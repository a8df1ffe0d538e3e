"""The board's paper as plain text, to be copied into a system that takes nothing else. Pure."""

from collections.abc import Iterator

from seasons.board_paper.paper import Block, BoardPaper, Bullets, Subheading, Table
from uso.ground.lib.characters import clean


def as_text(paper: BoardPaper) -> str:
    """Write the paper line by line: a blank line before each heading and between paragraphs."""
    parts = [paper.title, *map(_block, paper.opening)]
    for section in paper.sections:
        parts += [f"\n{section.heading}", *map(_block, section.blocks)]
    return clean("\n\n".join(parts)) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Bullets):
        return "\n".join(f"- {item}" for item in block.items)
    if isinstance(block, Table):
        return "\n".join(_rows(block))
    return f"{block.words}:" if isinstance(block, Subheading) else block.words


def _rows(table: Table) -> Iterator[str]:
    """Write each row as a line that says what its cells are."""
    _first, *names = table.head
    for row, *cells in table.rows:
        yield f"{row}: " + ", ".join(
            f"{name.lower()} {cell}" if len(names) > 1 else cell
            for name, cell in zip(names, cells, strict=True)
        )
