"""The catalogues are complete, and the tools that keep them so."""

from io import BytesIO
from pathlib import Path

import pytest

from uso.ground.lib import extract, messages


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_catalogue_is_complete(language):
    assert list(messages.problems(language)) == []


def test_extract_reads_tags_plurals_and_contexts():
    template = """{% load i18n %}{# a "u" in a comment #}
      <a title='{% translate "You're here" %}'>{% translate "Home" context "short" %}</a>
      {% blocktranslate count n=rows trimmed %}{{ n }} row at 5 %{% plural %}{{ n }} rows{% endblocktranslate %}
    """

    found = list(extract.by_js(BytesIO(template.encode()), messages.KEYWORDS, [], {}))

    assert [(function, text) for _, function, text, _ in found] == [
        ("gettext", "You're here"),
        ("pgettext", ("short", "Home")),
        ("ngettext", ("%(n)s row at 5 %%", "%(n)s rows")),
    ]


def test_update_keeps_translations_drops_unused_and_mends_a_merge(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    path = messages.po_path("fi")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: fi\\n"\n\n'
        'msgid "Gone"\nmsgstr "Poissa"\n\n'
        'msgid "Home"\nmsgstr ""\n\n'
        'msgid "Home"\nmsgstr "Etusivu"\n'
    )
    wanted = messages.by_key(_catalog("Home", "New"))
    monkeypatch.setattr(messages, "gather", lambda: wanted)

    missing = messages.update("fi")

    assert missing == 1
    assert path.read_text().split("\n\n")[1:] == [
        'msgid "Home"\nmsgstr "Etusivu"',
        'msgid "New"\nmsgstr ""\n',
    ]


def test_problems_names_each_lack(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    path = messages.po_path("sv")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Gone"\nmsgstr "Borta"\n\n'
        'msgid "%(count)d left"\nmsgstr "%(antal)d kvar"\n\n'
        'msgid "Empty"\nmsgstr ""\n'
    )
    wanted = messages.by_key(_catalog("%(count)d left", "Empty", "New"))
    monkeypatch.setattr(messages, "gather", lambda: wanted)

    assert list(messages.problems("sv")) == [
        "sv: not in the catalogue: ('New', None)",
        "sv: no longer used: ('Gone', None)",
        "sv: other placeholders: ('%(count)d left', None)",
        "sv: not translated: ('Empty', None)",
    ]


def _catalog(*texts):
    catalog = messages.Catalog()
    for text in texts:
        catalog.add(text)
    return catalog
