"""After publishing: who is told, what is counted, what has changed since, the next edition."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analysis.actions import publishing
from analysis.content.changes import changes
from analysis.models import Analysis, AnalysisDownload
from analysis.queries.board import season_board
from analysis.queries.revisions import later_counts, later_figures
from analysis.refusals import AnalysisRefused
from analysis.render.change_list import change_list
from analysis.render.pdf import report_html
from analysis.statistics.enums import ImportState
from analysis.statistics.models import DataVersion, ImportRun, Indicator, Observation, RawAnswer
from tests.analysis.editions import (
    approved,
    built,
    choose,
    confirm,
    published,
    ready_made,
    store,
)
from tests.analysis.figures import OVER_64, POPULATION, changed, content
from tests.municipalities.factories import user_with_role
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def peers_chosen(figures, in_kannus, jamsa, heinola, season8, kannus_contact):
    choose(in_kannus, season8, [jamsa, heinola], kannus_contact)


@pytest.fixture
def first(peers_chosen, in_kannus, season8, coordinator) -> Analysis:
    return published(in_kannus, season8, coordinator)


def new_version(indicator: str, values: dict, area: str = "217") -> None:
    """Store a later version of an indicator's figures."""
    row = Indicator.objects.get(code=indicator)
    before = DataVersion.objects.get(table=row.table, number=1)
    run = ImportRun.objects.create(
        source=row.source, origin="test", state=ImportState.STORED, finished_at=timezone.now()
    )
    answer = RawAnswer.objects.create(
        run=run, table=row.table, origin="test", retrieved_at=timezone.now(),
        sha256="1" * 64, body_gzip=b"",
    )  # fmt: skip
    version = DataVersion.objects.create(
        source=before.source, table=row.table, number=2, answer=answer
    )
    for year, value in values.items():
        Observation.objects.create(
            version=version, indicator=row, area=area, year=year, value=value,
            missing="" if value is not None else "unavailable",
        )  # fmt: skip


# -- Told by mail


def test_leader_and_contact_person_are_told_once_in_their_language(
    peers_chosen, in_kannus, jamsa, season8, coordinator, kannus_contact, kannus_leader
):
    kannus_leader.language = "sv"
    kannus_leader.save()
    user_with_role("billing", in_kannus)
    user_with_role("leader", jamsa)
    analysis = approved(in_kannus, season8, coordinator)

    publishing.publish_analysis(analysis=analysis, by=coordinator)
    with pytest.raises(AnalysisRefused):
        publishing.publish_analysis(analysis=analysis, by=coordinator)

    told = {each.to_email: each for each in Message.objects.filter(template="analysis_published")}
    assert set(told) == {kannus_contact.email, kannus_leader.email}
    assert told[kannus_contact.email].subject == "Kannus: tilanneanalyysi 2025–2026 on julkaistu"
    assert told[kannus_leader.email].subject == "Kannus: lägesanalysen 2025–2026 har publicerats"
    assert "/k/kannus/analysis/" in told[kannus_contact.email].body_text


# -- Downloads


def address(name, *args):
    return reverse(f"analysis:{name}", args=["kannus", *args])


def body(response) -> str:
    return " ".join(response.content.decode().split())


def test_downloads_are_counted_once_each_and_shown_to_the_coordinator(
    client_for, kannus, season8, coordinator, kannus_leader
):
    confirm(kannus, season8)
    with scope(kannus.pk):
        edition = ready_made(kannus, season8, coordinator)
        store(edition, "fi")
    leader, staff = client_for(kannus_leader), client_for(coordinator)
    url = address("document", edition.pk, "fi")

    given = leader.get(url)
    assert leader.get(url, headers={"if-none-match": given["ETag"]}).status_code == 304
    leader.head(url)
    leader.get(address("annex", edition.pk))
    staff.get(url)

    with scope(kannus.pk):
        rows = AnalysisDownload.objects.order_by("pk").values_list("kind", "language", "by")
        assert list(rows) == [("pdf", "fi", kannus_leader.pk), ("tables", "fi", kannus_leader.pk)]
    assert season_board(season8)[0].downloads.count == 2
    assert "Ladattu 2 kertaa, viimeksi" in body(staff.get(address("overview")))
    assert kannus_leader.name in body(staff.get(address("review", edition.pk)))
    assert "Ladattu" not in body(leader.get(address("overview")))


def test_expert_does_not_see_who_downloaded(client_for, kannus, season8, coordinator, expert):
    with scope(kannus.pk):
        edition = ready_made(kannus, season8, coordinator)
    client = client_for(expert)

    assert "Ladattu" not in body(client.get(address("overview")))
    assert client.get(address("review", edition.pk)).status_code == 404


def test_draft_is_not_counted(client_for, kannus, season8, coordinator):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
    client_for(coordinator).get(address("annex", draft.pk))

    with scope(kannus.pk):
        assert not AnalysisDownload.objects.exists()


def test_download_is_never_changed(first, coordinator):
    AnalysisDownload.objects.create(
        municipality=first.municipality, analysis=first, kind="pdf", language="fi", by=coordinator
    )

    for sql in (
        "UPDATE analysis_analysisdownload SET kind = 'x'",
        "DELETE FROM analysis_analysisdownload",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


# -- Since the edition


def test_nothing_has_changed_while_no_version_has_come(first):
    assert not later_figures({"217": first})[first.pk].any


def test_values_revised_and_years_added_since_are_counted(first):
    # 2022 and 2020 another value, 2024 the same, 2021 missing now, 2025 and 2026 new.
    same = POPULATION["217"][2024]
    new_version(
        "population",
        {2020: 5427, 2021: None, 2022: 5353, 2024: same, 2025: 5200, 2026: 5100},
    )

    later = later_figures({"217": first})[first.pk]

    assert later.revised_count == 3
    assert later.new_years == [2025, 2026]
    (figures,) = later.indicators.values()
    assert (figures.name, figures.revised, figures.new) == (
        "Väkiluku", [2020, 2021, 2022], [2025, 2026],
    )  # fmt: skip


def test_another_municipalitys_figures_are_not_ours(first):
    new_version("population", {2022: 1}, area="182")

    assert not later_figures({"217": first})[first.pk].any


def test_counts_of_a_season_are_kept_until_figures_come(first):
    assert later_counts({"217": first}) == {first.pk: (0, 0)}
    with CaptureQueriesContext(connection) as asked:
        later_counts({"217": first})
    assert ["uso_cache" in query["sql"] for query in asked] == [False, True]

    new_version("population", {2022: 5353, 2025: 5200})

    assert later_counts({"217": first}) == {first.pk: (1, 1)}


def test_counts_are_of_the_editions_asked_for(first, kannus, season8, coordinator):
    new_version("population", {2022: 5353})
    second = published(kannus, season8, coordinator)

    assert later_counts({"217": first}) == {first.pk: (1, 0)}
    assert later_counts({"217": second}) == {second.pk: (0, 0)}


def test_reader_and_board_are_told_what_has_changed_since(
    client_for, kannus, first, season8, kannus_leader, coordinator
):
    confirm(kannus, season8)
    new_version("population", {2022: 5353, 2025: 5200})

    page = body(client_for(kannus_leader).get(address("overview")))
    board = body(client_for(coordinator).get(reverse("analysis_network:season", args=[8])))

    assert "Luvut ovat muuttuneet tämän painoksen jälkeen" in page
    assert "1 luku on tarkentunut. 1 uusi vuosi: 2025." in page
    assert "Laadi uusi painos" not in page
    assert "1 luku tarkentunut" in board
    assert "1 uusi vuosi" in board


# -- The next edition


def test_next_edition_lists_its_changes(
    first, in_kannus, jamsa, season8, coordinator, kannus_contact
):
    new_version("population", {2022: 5353, 2025: 5200})
    choose(in_kannus, season8, [jamsa], kannus_contact)

    second = built(in_kannus, season8, coordinator)

    told = second.content.changes
    assert told.since.number == 1
    revised = [(each.key, each.year, each.old, each.new) for each in told.revised]
    assert ("population", 2022, 5352.0, 5353.0) in revised
    assert {each.origins[0].version for each in told.revised if each.key == "population"} == {2}
    assert [(each.key, each.years) for each in told.new_years] == [("population", (2025,))]
    assert [each.name.fi for each in told.peers.left] == ["Heinola"]
    assert told.peers.joined == ()
    listed = change_list(second.content, "fi")
    line = next(each for each in listed.revised if each.name == "Väkiluku")
    assert line.values == "2022: 5\xa0352 → 5\xa0353"
    assert line.source == "11re, versio 2"
    printed = " ".join(report_html(second.content, "fi").split())
    assert "Mikä on muuttunut" in printed
    assert "5\xa0352 → 5\xa0353" in report_html(second.content, "fi")
    assert "Ei enää mukana: Heinola." in printed


def test_first_edition_has_no_changes(first):
    assert first.content.changes is None
    assert change_list(first.content, "fi") is None
    assert "Mikä on muuttunut" not in report_html(first.content, "fi")


def test_changes_too_small_to_be_written_are_none_and_measures_come_and_go():
    old = content()
    barely = {area: dict(values) for area, values in OVER_64.items()}
    barely["217"][2024] = 26.91
    now = changed(content(share_65_plus=barely), "under-15")

    told = changes(changed(old, "population"), now)

    assert not [each for each in told.revised if each.key == "over-64"]
    assert [each.key for each in told.measures.added] == ["population"]
    assert [each.key for each in told.measures.retired] == ["under-15"]


def test_earlier_editions_stay_readable(
    client_for,
    first,
    kannus,
    jamsa,
    season8,
    coordinator,
    kannus_contact,
    kannus_leader,
    jamsa_contact,
):
    store(first, "fi")
    choose(kannus, season8, [jamsa], kannus_contact)
    second = published(kannus, season8, coordinator)
    leader = client_for(kannus_leader)

    newest = body(leader.get(address("overview")))
    earlier = body(leader.get(address("overview"), {"edition": first.pk}))

    assert f"{address('overview')}?edition={first.pk}" in newest
    assert "Mikä on muuttunut" in newest
    assert "Luet aiempaa painosta." in earlier
    assert f"?edition={first.pk}" in earlier
    assert leader.get(address("indicator", "population"), {"edition": first.pk}).status_code == 200
    assert leader.get(address("document", first.pk, "fi")).status_code == 200
    assert second.edition == 2
    stranger = client_for(jamsa_contact)
    foreign = reverse("analysis:overview", args=["jamsa"])
    assert stranger.get(foreign, {"edition": first.pk}).status_code == 404


def test_draft_is_not_read_by_its_number(client_for, kannus, season8, coordinator, kannus_leader):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)

    answer = client_for(kannus_leader).get(address("overview"), {"edition": draft.pk})

    assert answer.status_code == 404


def test_coordinator_builds_a_new_edition_on_the_page(
    sent, client_for, first, kannus, coordinator, django_capture_on_commit_callbacks
):
    client = client_for(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address("rebuild"))
    assert answer["Location"] == reverse("analysis_network:season", args=[8])
    with scope(kannus.pk):
        assert Analysis.objects.count() == 1, "nothing new, nothing built"
    new_version("population", {2025: 5200})

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("rebuild"))

    with scope(kannus.pk):
        assert list(Analysis.objects.order_by("edition").values_list("state", flat=True)) == [
            "published", "draft",
        ]  # fmt: skip
