"""The check of what nothing uses: what it finds, and what it takes for used."""

from pathlib import Path

import pytest

from uso.roof.demo import unused

VIEWS = """
from celery import shared_task
from billing.sums import total

def page(request, kind):
    send("billing.remind")
    return render(request, "billing/page.html", {"total": total}), f"billing/{kind}.txt", "bill"

@shared_task(name="billing.remind")
def remind(): pass

@shared_task(name="billing.never_sent")
def never_sent(): pass

MIDDLEWARE = ["billing.views.Middleware"]
"""
SUMS = """
class Middleware: pass

def total(): return Row().net

class Row:
    @property
    def net(self): return 1

    @property
    def shown(self): return 2

    def clean_net(self): return 3

    @property
    def lost(self): return 4

def forgotten(): return total()
"""
TEMPLATES = {
    "billing/page.html": "<c-two-words :row='row' /><c-tag :label=\"row.shown\" />lost",
    "billing/part.html": "{{ total|default:'forgotten' }}",
    "billing/bill.txt": "{% include 'billing/part.html' %}",
    "billing/letter.txt": "",
    "components/two_words.html": "",
    "components/tag.html": "",
    "components/lonely.html": "",
    "gallery/tag.html": "<c-lonely />",
    "gallery/lonely.html": "<c-lonely />",
    "account/login.html": "",
    "404.html": "",
}


@pytest.fixture
def clone(tmp_path) -> Path:
    files = {"billing/views.py": VIEWS, "billing/sums.py": SUMS, "tests/test_x.py": "forgotten()"}
    files |= {f"templates/{name}": text for name, text in TEMPLATES.items()}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_what_nothing_uses_is_named(clone):
    assert list(unused.unused(clone)) == [
        "billing/sums.py:15: nothing uses the property lost",
        "billing/sums.py:18: nothing uses the function forgotten",
        "billing/views.py:5: nothing uses the function page",
        "billing/views.py:12: nothing uses the function never_sent",
        "templates/billing/letter.txt: nothing renders it",
        "templates/components/lonely.html: nothing renders it",
        "templates/gallery/lonely.html: nothing renders it",
    ]


def test_it_fails_the_gate(clone, monkeypatch, capsys):
    monkeypatch.setattr(unused, "ROOT", clone)

    assert unused.main() == 1
    assert len(capsys.readouterr().out.splitlines()) == 7


def test_nothing_unused_passes_the_gate(tmp_path, monkeypatch):
    monkeypatch.setattr(unused, "ROOT", tmp_path)

    assert unused.main() == 0
