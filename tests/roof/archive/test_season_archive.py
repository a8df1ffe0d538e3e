"""A season's archive holds everything of it, and reads back as it went in."""

import csv
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from municipalities.models import Municipality
from seasons.actions.joining import invite_municipality, record_decision
from seasons.facts import flat, known_decisions, known_seasons, load_seasons
from seasons.models import Amendment, InvitationDocument, Season
from tests.municipalities.factories import MunicipalityFactory
from tests.seasons.factories import ParticipationFactory, SeasonFactory
from uso.ground.tenancy.scope import scope
from uso.roof.archive.contents import WAYS

pytestmark = pytest.mark.django_db

# What is no season's, or is nothing that anybody keeps.
ELSEWHERE = {
    "billing.BusinessIdConfirmation": "of the municipality, whatever the season",
    "billing.BuyerDetails": "as billing.BusinessIdConfirmation",
    "billing.VatRate": "the law",
    "jobs.Job": "work that was done for what is here",
    "jobs.JobItem": "as jobs.Job",
    "mail.Message": "letters are deleted once they have left",
    "municipalities.Invitation": "of people's sign-in",
    "municipalities.Membership": "of people's sign-in",
    "municipalities.Municipality": "those that take part are here",
    "municipalities.ContactAddress": "whom to write to today",
    "municipalities.Person": "those who registered are here",
    "municipalities.MergedPerson": "leads old pages to who was kept",
    "municipalities.DistinctPeople": "of the roster's upkeep",
    "municipalities.Population": "public statistics; a confirmed fee carries its own",
    "municipalities.User": "those whom the rows name are here, with name and address",
    "once.UsedPress": "of a minute",
    "statistics.DataVersion": "public statistics; an edition carries its own figures",
    "statistics.ImportRun": "as statistics.DataVersion",
    "statistics.PopulationImport": "as statistics.DataVersion",
    "statistics.Indicator": "as statistics.DataVersion",
    "statistics.Observation": "as statistics.DataVersion",
    "statistics.RawAnswer": "as statistics.DataVersion",
    "statistics.Source": "as statistics.DataVersion",
}
OURS = {name.partition(".")[0] for name in ELSEWHERE} | {model._meta.app_label for model in WAYS}


@pytest.fixture
def exported(tmp_path):
    def export(number: int) -> Path:
        call_command("export_season", str(number), out=tmp_path / str(number), verbosity=0)
        return tmp_path / str(number)

    return export


def rows(folder: Path, table: str) -> list[dict]:
    return json.loads((folder / f"{table}.json").read_text())


def text(value: object) -> object:
    return f"{value}.00" if isinstance(value, int) and value >= 1_000 else value


def test_every_table_is_in_the_archive_or_elsewhere_with_a_reason():
    tables = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS and not hasattr(model, "pgh_tracked_model")
    }

    assert {model._meta.label for model in WAYS} | set(ELSEWHERE) == tables
    assert not {model._meta.label for model in WAYS} & set(ELSEWHERE)


@pytest.mark.parametrize("facts", list(known_seasons()), ids=lambda facts: f"USO{facts['number']}")
def test_facts_of_each_known_season_come_out_as_they_went_in(exported, facts):
    load_seasons()
    folder = exported(facts["number"])

    lists = {
        "themes": "seasons_theme",
        "phases": "seasons_phase",
        "workshop_themes": "seasons_workshoptheme",
        "entitlements": "seasons_entitlement",
    }
    tiers = facts.pop("fee_tiers", [])
    for name, table in lists.items():
        told = [flat(row) for row in facts.pop(name, [])]
        found = sorted(rows(folder, table), key=lambda row: row["position"])
        wanted = [
            {key: str(v) if isinstance(v, date) else v for key, v in row.items()} for row in told
        ]
        assert [
            {key: row[key] for key in each} for row, each in zip(found, wanted, strict=True)
        ] == wanted
    found = sorted(rows(folder, "seasons_feetier"), key=lambda row: row["population"]["from"])
    assert [(row["population"], row["annual_fee_eur"]) for row in found] == [
        ({"from": tier["from"], "below": tier.get("below")}, text(tier.get("annual_fee_eur")))
        for tier in tiers
    ]
    (season,) = rows(folder, "seasons_season")
    wanted = {key: text(v) if "fee" in key else v for key, v in flat(facts).items()}
    assert {key: season[key] for key in wanted} == wanted


@pytest.mark.parametrize("key", list(known_decisions()))
def test_real_decisions_come_out_as_they_went_in(exported, coordinator, key):
    load_seasons()
    number, code = key
    known = known_decisions()[key]
    municipality = Municipality.objects.filter(code=code).first() or MunicipalityFactory(code=code)
    with scope(municipality.pk):
        participation = ParticipationFactory(
            season=Season.objects.get(number=number), municipality=municipality,
            state_on=known.decided_on - timedelta(days=60),
        )  # fmt: skip
    record_decision(
        participation=participation, by=coordinator, at=timezone.now(), **known.recorded
    )

    folder = exported(number)

    (row,) = rows(folder, "seasons_participation")
    recorded = {name: str(value) for name, value in known.recorded.items()}
    assert {name: row[name] for name in recorded} == recorded
    assert [each["code"] for each in rows(folder, "municipalities_municipality")] == [code]
    history = rows(folder, "seasons_participationevent")
    assert [each["state"] for each in history] == ["invited", "decided"]


def test_manifest_names_every_file_with_its_rows_and_fingerprint(exported, season8):
    InvitationDocument.objects.create(
        season=season8,
        language="fi",
        content=b"%PDF-1.7 of eight",
        sha256="0" * 64,
        of_sha256="0" * 64,
        pages=1,
        made_at=datetime(2026, 11, 2, tzinfo=UTC),
    )
    folder = exported(8)

    manifest = json.loads((folder / "manifest.json").read_text())
    named = {file["name"]: file for file in manifest["files"]}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert (manifest["season"], manifest["years"]) == (8, [2025, 2026])
    assert set(named) == there - {"manifest.json"}
    for name, file in named.items():
        assert file["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (document,) = rows(folder, "seasons_invitationdocument")
    assert (folder / document["content"]).read_bytes() == b"%PDF-1.7 of eight"
    assert document["content"].endswith(".pdf")
    assert named[document["content"]]["rows"] is None
    assert named["seasons_invitationdocument.csv"]["rows"] == 1


def test_people_who_did_something_are_named_without_their_secrets(exported, season8, coordinator):
    Amendment.objects.create(
        season=season8,
        part="terms",
        holds_from=date(2026, 12, 1),
        reason_fi="=HYPERLINK(1)",
        changes={},
        at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        by=coordinator,
    )

    folder = exported(8)

    assert rows(folder, "municipalities_user") == [
        {
            "id": coordinator.pk,
            "first_name": coordinator.first_name,
            "last_name": coordinator.last_name,
            "email": coordinator.email,
        }
    ]
    with (folder / "seasons_amendment.csv").open(encoding="utf-8-sig", newline="") as file:
        (amendment,) = csv.DictReader(file, delimiter=";")
    assert amendment["reason_fi"] == "'=HYPERLINK(1)"
    assert amendment["holds_from"] == "2026-12-01"
    assert rows(folder, "seasons_amendment")[0]["reason_fi"] == "=HYPERLINK(1)"


def test_folder_is_open_to_nobody_else(exported, season8):
    assert exported(8).stat().st_mode & 0o077 == 0


def test_other_seasons_stay_out(exported, season8, kannus, jamsa, coordinator):
    other = SeasonFactory(number=7)
    for season, municipality in ((season8, kannus), (other, jamsa)):
        with scope(municipality.pk):
            invite_municipality(
                season=season, municipality=municipality, by=coordinator, on=date(2024, 1, 1)
            )

    folder = exported(7)

    assert [row["municipality_id"] for row in rows(folder, "seasons_participation")] == [jamsa.pk]
    assert [row["id"] for row in rows(folder, "seasons_season")] == [other.pk]
    assert [row["id"] for row in rows(folder, "seasons_seasonevent")] == [other.pk]
    assert rows(folder, "municipalities_person") == []


def test_folder_that_holds_something_is_refused(exported, season8, tmp_path):
    (tmp_path / "8").mkdir()
    (tmp_path / "8" / "letter.txt").write_text("mine")

    with pytest.raises(CommandError, match="is not an empty folder: name another one"):
        exported(8)

    assert [path.name for path in (tmp_path / "8").iterdir()] == ["letter.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["8"]


def test_unknown_season_is_refused_by_name(exported, season8):
    with pytest.raises(CommandError, match=r"There is no season 99\. Known: 8\."):
        exported(99)


def test_nothing_is_left_where_writing_fails(exported, season8, tmp_path, monkeypatch):
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("uso.roof.archive.writing._suffix", full)
    InvitationDocument.objects.create(
        season=season8, language="fi", content=b"x", sha256="", of_sha256="", pages=1,
        made_at=datetime(2026, 11, 2, tzinfo=UTC),
    )  # fmt: skip

    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        exported(8)

    assert list(tmp_path.iterdir()) == []


def test_sums_are_text_so_that_no_cent_is_lost(exported, season8):
    season8.fee_tiers.create(population=(0, None), annual_fee_eur=Decimal("9000.10"))

    (tier,) = rows(exported(8), "seasons_feetier")

    assert tier["annual_fee_eur"] == "9000.10"
    assert tier["population"] == {"from": 0, "below": None}
