"""Templates whose blocks stand by themselves: a name set in one is not there in another."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if "{% extends" in path.read_text(encoding="utf-8")
]
BLOCK = re.compile(r"{%\s*(block\s+(?P<name>\w+)|endblock\b[^%]*)\s*%}")


def blocks_of(text: str) -> dict[str, str]:
    """Return what stands in each block itself, without the blocks within it."""
    found: dict[str, str] = {}
    open_blocks, at = [""], 0
    for mark in BLOCK.finditer(text):
        found[open_blocks[-1]] = found.get(open_blocks[-1], "") + text[at : mark.start()]
        at = mark.end()
        if mark["name"]:
            open_blocks.append(mark["name"])
        else:
            open_blocks.pop()
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_block_uses_a_name_that_another_has_set(path):
    blocks = blocks_of(path.read_text(encoding="utf-8"))
    named = {name: set(re.findall(r"\bas (\w+)\s*%}", text)) for name, text in blocks.items()}

    lost = [
        (block, name)
        for block, text in blocks.items()
        for name in set().union(*named.values()) - named[block]
        if re.search(rf"\b{name}\b", text)
    ]

    assert lost == []


def test_block_that_uses_anothers_name_is_found():
    text = '{% block a %}{% url "x" as way %}{% endblock a %}{% block b %}{{ way }}{% endblock b %}'

    assert blocks_of(text) == {"": "", "a": '{% url "x" as way %}', "b": "{{ way }}"}
