"""Keep the catalogues of Finnish and Swedish in step with the texts of code and templates.

English texts are the keys, so English needs no catalogue. The files carry no places and no dates
and are sorted by text: two people's additions merge, and `make messages` mends what a merge left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[3]
LOCALE: Final = ROOT / "locale"
TRANSLATED: Final = ("fi", "sv")
SOURCES: Final = (
    "templates", "uso", "municipalities", "seasons", "events", "workshops", "analysis", "billing",
)  # fmt: skip
METHODS: Final = [
    ("**.py", "python"),
    ("**.html", "uso.ground.lib.extract:by_js"),
    ("**.txt", "uso.ground.lib.extract:by_js"),
]
KEYWORDS: Final = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")
HEADER: Final = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Key = tuple[str, str | None]  # text (the singular one of a pair) and context


def gather() -> dict[Key, Message]:
    """Return every text marked for translation, by key."""
    found = Catalog()
    for source in SOURCES:
        for _, _, text, comments, context in extract_from_dir(
            ROOT / source, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            found.add(text, auto_comments=comments, context=context)
    return by_key(found)


def catalogue(language: str) -> dict[Key, Message]:
    """Return what is translated so far, by key; the fullest where a merge left two."""
    path = po_path(language)
    merged: dict[Key, Message] = {}
    for block in path.read_text().split("\n\n") if path.exists() else ():
        for key, message in by_key(_parsed(block, language)).items():
            if key not in merged or is_translated(message):
                merged[key] = message
    return merged


def update(language: str) -> int:
    """Bring one catalogue in step with the texts; return how many lack a translation."""
    wanted, known = gather(), catalogue(language)
    for key, message in wanted.items():
        old = known.get(key)
        if old is not None and old.pluralizable == message.pluralizable:
            message.string = old.string
    _write(po_path(language), wanted, language)
    return sum(not is_translated(message) for message in wanted.values())


def compile_all() -> None:
    """Write the binary form that the running service reads, beside each catalogue."""
    for language in TRANSLATED:
        with po_path(language).open("rb") as source:
            messages = read_po(source, locale=language)
        with po_path(language).with_suffix(".mo").open("wb") as target:
            write_mo(target, messages)


def problems(language: str) -> Iterator[str]:
    """Say what a catalogue lacks: texts missing, empty, doubtful, obsolete, or with other holes."""
    wanted, known = gather(), catalogue(language)
    yield from (f"{language}: not in the catalogue: {key}" for key in wanted.keys() - known.keys())
    yield from (f"{language}: no longer used: {key}" for key in known.keys() - wanted.keys())
    for key, message in known.items():
        if message.fuzzy or not is_translated(message):
            yield f"{language}: not translated: {key}"
        elif not same_placeholders(message):
            yield f"{language}: other placeholders: {key}"


def is_translated(message: Message) -> bool:
    """Say whether every form has its text."""
    return all(_forms(message.string))


def same_placeholders(message: Message) -> bool:
    """Say whether each form of the translation fills the holes of one of the original's forms."""
    allowed = {frozenset(PLACEHOLDER.findall(text)) for text in _forms(message.id)}
    return all(frozenset(PLACEHOLDER.findall(text)) in allowed for text in _forms(message.string))


def by_key(messages: Catalog) -> dict[Key, Message]:
    """Return the messages of a catalogue without its header."""
    return {(_forms(m.id)[0], m.context): m for m in messages if m.id}


def po_path(language: str) -> Path:
    """Return where a catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (text or "",)


def _parsed(block: str, language: str) -> Catalog:
    try:
        return read_po(BytesIO(block.encode()), locale=language, abort_invalid=True)
    except (PoFileError, ValueError):
        return Catalog()  # two entries run together in a merge: they are asked for again


def _write(path: Path, messages: dict[Key, Message], language: str) -> None:
    whole = Catalog(locale=language)
    for message in messages.values():
        whole.add(
            message.id, message.string, auto_comments=message.auto_comments, context=message.context
        )
    written = BytesIO()
    write_po(written, whole, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(language=language) + written.getvalue().decode().strip() + "\n")
