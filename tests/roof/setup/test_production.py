"""The service as it is installed for real people, from nothing to a PDF that somebody fetches."""

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.roof.setup.production import OURS, SECONDS, Production, app_code, built, command_of
from tests.roof.setup.visitor import Visitor

COORDINATOR = "anna@uso.example"
PARTICIPANT = "aino@kannus.example"
ANALYSIS = "/k/kannus/analysis/"
FACTS = "seasons/data/season_8.toml"


def move_season_to_today(code: Path) -> None:
    """Let the season of the facts be this year's: the rehearsal goes by the real clock, in any year."""
    year = timezone.localdate().year
    facts = (code / FACTS).read_text()
    moved = facts.replace("first_year = 2025", f"first_year = {year}")
    (code / FACTS).write_text(moved.replace("last_year = 2026", f"last_year = {year + 1}"))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.real_clock
def test_production_serves_from_its_own_packages(place, tmp_path):
    with built(tmp_path / "production", place) as production:
        production.run(*command_of("migrate", schedule=tmp_path))
        with production.running(OURS):
            move_season_to_today(production.code)
            production.manage("load_facts")
            production.manage("import_statistics", "--from", "bundled")
            production.manage("add_coordinator", COORDINATOR, "Anna", "Alku")
            visitor = production.visitor()
            sign_in(visitor, production)
            confirm_kannus(visitor)
            register_participant(visitor)
            letter = production.letter_to(PARTICIPANT)
            pdf = make_pdf(visitor)
            production.words_of("worker", r"Task (jobs\.revive)\S+ succeeded")  # by the clock
            findings = production.manage("doctor")

    assert not (tmp_path / "production/venv/bin/pytest").exists()
    assert {(cookie.name, cookie.secure) for cookie in visitor.cookies} == {
        ("__Host-csrf", True),
        ("__Host-device", True),
        ("__Host-session", True),
        ("django_language", True),
        ("uso_saved", True),
    }
    assert "Teemaseminaari IV" in letter
    assert pdf.startswith(b"%PDF-")
    assert {line.split()[0] for line in findings.splitlines() if line} == {"ok"}


def sign_in(visitor: Visitor, production: Production) -> None:
    """Come by an e-mailed code, and set up the second factor that a coordinator needs."""
    visitor.open("/accounts/login/code/")
    visitor.submit(email=COORDINATOR)
    code = re.search(r"\b\d{4}-\d{4}\b", production.letter_to(COORDINATOR))
    visitor.submit(code=code.group())
    assert visitor.address == "/account/second-factor/"
    secret = re.search(r"\b[A-Z2-7]{32}\b", visitor.open("/accounts/2fa/totp/activate/"))
    visitor.submit(code=app_code(secret.group()))
    assert visitor.address == "/accounts/2fa/recovery-codes/"


def confirm_kannus(visitor: Visitor) -> None:
    """Let Kannus take part in the season."""
    visitor.open("/seasons/8/edit/terms/")
    visitor.submit(population_year="2024", reason_fi="Väkiluvun vuosi on päätetty.")
    page = visitor.open("/seasons/8/members/add/")
    visitor.submit(municipality=re.search(r'value="(\d+)">\s*Kannus', page)[1])
    member = visitor.address
    today = f"{timezone.localdate():%Y-%m-%d}"
    visitor.submit(
        f"{member}decision/", decided_by_fi="Kaupunginhallitus",
        decided_on=today, decided_on_is_right=today,
    )  # fmt: skip
    visitor.open(f"{member}confirm/")
    visitor.submit()


def register_participant(visitor: Visitor) -> None:
    """Publish a seminar and register somebody of Kannus to it on the grid."""
    visitor.open("/k/kannus/people/add/")
    visitor.submit(first_name="Aino", last_name="Esimerkki", group="office", email=PARTICIPANT)
    ahead, over = (
        f"{timezone.localtime() + timedelta(days=30, hours=hours):%Y-%m-%dT%H:%M}"
        for hours in (0, 2)
    )
    visitor.open("/seasons/8/events/new/")
    visitor.submit(
        kind="seminar", position="4", title_fi="Teemaseminaari IV", place_fi="Tampere",
        starts_at=ahead, ends_at=over, deadline_at=ahead, in_person="on",
        starts_at_is_right=ahead[:10],
    )  # fmt: skip
    visitor.open(f"{visitor.address}publish/")
    visitor.submit()
    cell = re.search(r'name="(r-\d+-\d+)"', visitor.open("/k/kannus/registrations/"))[1]
    page = visitor.submit(**{cell: "in_person"})
    assert f'value="{cell.replace("r-", "")}:in_person"' in page


def make_pdf(visitor: Visitor) -> bytes:
    """Build the analysis of Kannus and its PDF, both by the workers, and fetch it."""
    page = visitor.open(f"{ANALYSIS}peers/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]  # its button's
    visitor.submit(group="country", csrfmiddlewaretoken=token)
    visitor.open("/seasons/8/analyses/build/")
    visitor.submit()
    make = wait_for(visitor, rf'action="({ANALYSIS}\d+/pdf/fi/)make/"')
    visitor.submit(f"{make}make/")
    return visitor.fetch(wait_for(visitor, rf'href="({make})"'))


def wait_for(visitor: Visitor, pattern: str) -> str:
    """Look at the analysis until it shows something; return the first group of it."""
    until = time.monotonic() + SECONDS
    while not (found := re.search(pattern, visitor.open(ANALYSIS))):
        assert time.monotonic() < until, f"no {pattern} on\n{visitor.page}"
        time.sleep(0.5)
    return found[1]
