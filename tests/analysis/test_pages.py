"""Pages of the analysis: who sees what, files with their names, work that is started and watched."""

import re
from dataclasses import fields, replace

import pytest
from django.urls import reverse

from analysis.actions import documents
from analysis.engine.measures import GROUPS
from analysis.engine.similarity import NORMAL
from analysis.models import Analysis, AnalysisDocument, PeerSet
from analysis.queries import edition_list as queries
from analysis.queries.board import SEASON_JOBS
from analysis.queries.peer_candidates import peers_page
from analysis.render.overview import OverviewRow
from analysis.templatetags.analysis_rows import indicator_rows
from tests.analysis.editions import (
    choose,
    confirm,
    file_of,
    network_job,
    ready_made,
    store,
    store_figures,
)
from tests.municipalities.factories import MunicipalityFactory
from tests.pressing import press
from uso.ground.jobs.models import Job
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"analysis:{name}", args=["kannus", *args])


@pytest.fixture
def edition(kannus, season8, coordinator):
    with scope(kannus.pk):
        return ready_made(kannus, season8, coordinator)


@pytest.fixture
def leader(client_for, kannus_leader):
    return client_for(kannus_leader)


def body(response) -> str:
    return " ".join(response.content.decode().split())


# -- Reading


def test_overview_shows_each_measure_with_figure_trend_place_and_finding(leader, edition):
    page = body(leader.get(address("overview")))

    assert "Tilanneanalyysi: mistä olemme tulossa ja minne menossa?" in page
    assert "Näin luet: suuri piste on Kannus" in page
    assert page.count('class="chart chart-spark"') == 7
    assert page.count('class="chart chart-strip"') == 7
    for group in GROUPS:
        assert f'<a href="#{group.key}">{group.name["fi"]}</a>' in page
        assert f'id="{group.key}"' in page
    assert (
        "Kannuksen väkiluku väheni 13,8\xa0% vuosina 2000–2024"
        in leader.get(address("overview")).content.decode()
    )
    assert "Naapureita &lt;b&gt;ja&lt;/b&gt; verrokkeja" in page


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("sv", "Lägesanalys: varifrån kommer vi", "Folkmängden i Kannus minskade med"),
        ("en", "Situation analysis: where do we come from", "The population of Kannus fell by"),
    ],
)
def test_overview_speaks_the_readers_language(
    leader, kannus_leader, edition, language, heading, sentence
):
    kannus_leader.language = language
    kannus_leader.save()

    page = leader.get(address("overview")).content.decode()

    assert heading in page
    assert sentence in page


def test_page_has_no_inline_style_or_script(leader, edition):
    for url in (address("overview"), address("indicator", "population")):
        page = leader.get(url).content.decode()
        assert "style=" not in page
        assert "<style" not in page
        assert "<script>" not in page


def test_indicator_shows_chart_table_and_sources(leader, edition):
    page = body(leader.get(address("indicator", "over-64")))

    assert page.count('class="chart chart-line"') == 2, "wide, and narrow for a phone"
    assert '<th scope="row">2024</th><td class="r">26,9</td>' in page
    assert "Lähde: Tilastokeskus, 11re (CC BY 4.0), haettu 21.11.2026, versio 1." in page
    assert address("indicator", "under-15") in page
    assert address("indicator", "dependency-ratio") in page


def test_indicator_without_figures_says_why_instead_of_a_chart(
    leader, kannus, season8, coordinator
):
    with scope(kannus.pk):
        ready_made(kannus, season8, coordinator, natural_increase={})

    page = body(leader.get(address("indicator", "natural-increase")))

    assert "Lukuja ei ole saatu kunnasta." in page
    assert "<svg" not in page.split("<main", 1)[1].split("icon")[0]


def test_unknown_indicator_is_not_found(leader, edition):
    assert leader.get(address("indicator", "no-such")).status_code == 404


def test_draft_is_between_the_networks_staff(leader, client_for, coordinator, kannus, season8):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
        store(draft, "fi")

    assert "Analyysi ei ole vielä valmis" in body(leader.get(address("overview")))
    assert leader.get(address("indicator", "population")).status_code == 404
    for name, *rest in (("document", "fi"), ("annex",)):
        assert leader.get(address(name, draft.pk, *rest)).status_code == 404
    assert leader.post(address("make_document", draft.pk, "sv")).status_code == 404
    assert "Luonnos" in body(client_for(coordinator).get(address("overview")))


def test_another_municipalitys_edition_is_not_found(
    client_for, jamsa_contact, kannus, jamsa, season8, coordinator
):
    with scope(kannus.pk):
        ours = ready_made(kannus, season8, coordinator)
        store(ours, "fi")
    stranger = client_for(jamsa_contact)

    assert stranger.get(address("overview")).status_code == 404
    for name, *rest in (("document", "fi"), ("annex",)):
        through_own = reverse(f"analysis:{name}", args=["jamsa", ours.pk, *rest])
        assert stranger.get(through_own).status_code == 404


def test_empty_page_leads_the_contact_person_to_the_peers(client_for, kannus_contact, season8):
    page = body(client_for(kannus_contact).get(address("overview")))

    assert "Aloita valitsemalla vertailukunnat" in page
    assert address("peers") in page


# -- Files


def test_pdf_is_given_with_its_name_and_not_twice(leader, edition, kannus):
    with scope(kannus.pk):
        document = store(edition, "fi")

    first = leader.get(address("document", edition.pk, "fi"))
    second = leader.get(
        address("document", edition.pk, "fi"), headers={"if-none-match": first["ETag"]}
    )

    assert (first.status_code, first.content, first["Content-Type"]) == (
        200, b"%PDF fi", "application/pdf",
    )  # fmt: skip
    assert first["Content-Disposition"] == (
        "attachment; filename*=UTF-8''Tilanneanalyysi%20Kannus%202025%E2%80%932026%20painos%201.pdf"
    )
    assert first["Cache-Control"] == "private, no-cache"
    assert first["ETag"] == f'"{document.sha256}"'
    assert (second.status_code, second.content) == (304, b"")


def test_missing_pdf_is_not_found(leader, edition):
    assert leader.get(address("document", edition.pk, "fi")).status_code == 404
    assert leader.get(address("document", edition.pk, "de")).status_code == 404
    assert leader.post(address("make_document", edition.pk, "de")).status_code == 404


def test_press_makes_the_pdf_shows_the_bar_and_then_the_link(
    sent, leader, edition, kannus, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(documents, "report_pdf", lambda content, language: file_of(language))
    assert "Tee PDF" in body(leader.get(address("overview")))

    with django_capture_on_commit_callbacks() as waiting:
        answer = leader.post(address("make_document", edition.pk, "fi"))
    there = f"{address('overview')}?edition={edition.pk}"
    assert (answer.status_code, answer["Location"]) == (302, there)
    with scope(kannus.pk):
        job = Job.objects.get()
    page = body(leader.get(address("overview")))
    assert f'id="job-{job.pk}"' in page

    for send in waiting:
        send()

    page = body(leader.get(address("overview")))
    assert "Lataa PDF" in page
    assert f'href="{address("document", edition.pk, "fi")}"' in page
    assert leader.get(address("document", edition.pk, "fi")).content == b"%PDF fi"


def test_annex_is_a_workbook_with_its_name(leader, edition):
    answer = leader.get(address("annex", edition.pk))

    assert answer.content[:2] == b"PK"
    assert answer["Content-Disposition"].endswith("painos%201.xlsx")


# -- Peers


def test_contact_person_chooses_peers(client_for, kannus_contact, kannus, jamsa, season8):
    client = client_for(kannus_contact)

    answer = client.post(address("peers"), {"peers": [jamsa.pk], "reason": "Samankokoinen"})

    assert (answer.status_code, answer["Location"]) == (302, address("overview"))
    with scope(kannus.pk):
        chosen = PeerSet.objects.get()
        assert (chosen.reason, chosen.chosen_by) == ("Samankokoinen", kannus_contact)
        assert queries.peer_municipalities(chosen) == [jamsa]
    page = body(client.get(address("peers")))
    assert "1 kunta valittu:</b> Jämsä" in page


@pytest.mark.parametrize(
    ("count", "said"), [(0, "Valitse ainakin yksi kunta."), (16, "Valitse enintään 15 kuntaa")]
)
def test_wrong_choice_keeps_what_was_typed(
    client_for, kannus_contact, kannus, season8, count, said
):
    others = [each.pk for each in MunicipalityFactory.create_batch(16)][:count]

    answer = client_for(kannus_contact).post(
        address("peers"), {"peers": others, "reason": "Sama alue"}
    )

    assert answer.status_code == 422
    page = body(answer)
    assert said in page
    assert "Sama alue</textarea>" in page
    assert len(re.findall(r'name="peers" value="\d+" checked>', page)) == count
    with scope(kannus.pk):
        assert not PeerSet.objects.exists()


def test_own_municipality_cannot_be_chosen(client_for, kannus_contact, kannus, season8):
    answer = client_for(kannus_contact).post(address("peers"), {"peers": [kannus.pk]})

    assert answer.status_code == 422
    with scope(kannus.pk):
        assert not PeerSet.objects.exists()


def test_regions_stand_in_finnish_order_ours_first(kannus, jamsa, season8):
    for name in ("Ähtäri", "Alajärvi"):
        MunicipalityFactory(name_fi=name, region_code="14", region_fi="Etelä-Pohjanmaa")
    MunicipalityFactory(name_fi="Åbo", region_code="21", region_fi="Åland")

    page = peers_page(kannus, season8, weights=NORMAL, ticked=[jamsa.pk], group="own")
    regions = page.regions

    assert [region.name for region in regions] == [
        "Keski-Pohjanmaa", "Etelä-Pohjanmaa", "Åland",
    ]  # fmt: skip
    assert [region.open for region in regions] == [True, False, False]
    assert [choice.name for choice in regions[1].choices] == ["Alajärvi", "Ähtäri"]
    assert regions[0].chosen_count == 1


# -- The coordinator's board


def board(number=8):
    return reverse("analysis_network:season", args=[number])


def test_board_tells_how_far_each_member_is(
    client_for, coordinator, kannus, jamsa, season8, kannus_contact
):
    confirm(kannus, season8)
    confirm(jamsa, season8)
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        store(ready_made(kannus, season8, coordinator), "fi")

    page = body(client_for(coordinator).get(board()))

    assert stages(page) == {"Odottaa vertailukuntien valintaa": 1, "Julkaistu": 1}
    assert "Ei valittu" in page
    assert "Ei laadittu" in page
    assert "Julkaistu" in page
    assert "Tee PDF:t kaikille" in page
    assert "Laadi 1 luonnos" in page


def stages(page: str) -> dict[str, int]:
    """Read the board's numbers, those that are not zero."""
    told = re.findall(
        r"<dt>\s*([^<]+?)\s*</dt>\s*<dd>\s*(\d+)\s*</dd>", page.split('class="stages"')[1]
    )
    return {label: int(count) for label, count in told if int(count)}


def test_expert_sees_the_board_without_its_buttons(client_for, expert, kannus, season8):
    page = body(client_for(expert).get(board()))

    assert "Kaudella ei ole vielä jäseniä" in page
    assert 'action="/seasons/8/analyses/build/"' not in page


def test_coordinator_builds_prints_and_publishes_from_the_board(
    sent, client_for, coordinator, kannus, jamsa, season8, kannus_contact, monkeypatch,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    monkeypatch.setattr(documents, "report_pdf", lambda content, language: file_of(language))
    store_figures()
    confirm(kannus, season8)
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
    client = client_for(coordinator)

    for name in ("build", "make_documents", "approve", "publish"):
        with django_capture_on_commit_callbacks(execute=True):
            url = reverse(f"analysis_network:{name}", args=[8])
            answer = press(client, url) if name in ("build", "publish") else client.post(url)
        assert answer["Location"] == board()

    for kind in SEASON_JOBS:
        assert network_job(kind).done_count == 1
    with scope(kannus.pk):
        assert Analysis.objects.get().published
        assert AnalysisDocument.objects.get().language == "fi"
    assert stages(body(client.get(board()))) == {"Julkaistu": 1}


def test_refusals_are_said_on_the_board(client_for, coordinator, kannus, season8):
    client = client_for(coordinator)
    refused = press(client, reverse("analysis_network:build", args=[8]))
    assert "Kaudella ei ole vielä jäseniä." in body(refused)

    client.post(reverse("analysis_network:approve", args=[8]))
    assert "Yksikään luonnos ei ole valmis hyväksyttäväksi." in body(client.get(board()))
    refused = press(client, reverse("analysis_network:publish", args=[8]))
    assert "Yhtään analyysia ei ole hyväksytty: hyväksy ensin." in body(refused)


def test_board_is_taken_out_as_a_file(client_for, coordinator, kannus, season8):
    confirm(kannus, season8)

    answer = client_for(coordinator).get(board(), {"export": "csv"})

    assert answer["Content-Type"].startswith("text/csv")
    assert "Kannus" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "url", ["/analyses/?municipality=%00", "/k/kannus/analysis/{edition}/pdf/%00/"]
)
def test_sign_the_database_does_not_take_is_in_no_address(client_for, coordinator, edition, url):
    assert client_for(coordinator).get(url.format(edition=edition.pk)).status_code == 404


def test_choice_of_a_municipality_leads_nowhere_else(client_for, coordinator, edition):
    client = client_for(coordinator)

    led = client.get("/analyses/?municipality=kannus&year=//evil.example%0d%0aX:1")

    assert led["Location"] == "/k/kannus/analysis/?year=%2F%2Fevil.example%0D%0AX%3A1"
    assert client.get("/analyses/?municipality=//evil.example").status_code == 404


def test_row_of_the_overview_escapes_all_but_its_drawings():
    names = [each.name for each in fields(OverviewRow)]
    row = OverviewRow(**dict.fromkeys(names, "<i>&"))
    row = replace(row, key="population", spark="<svg>1</svg>", strip="<svg>2</svg>")

    drawn = indicator_rows([row], "kannus", '?edition=1&"')

    assert drawn.count("&lt;i&gt;&amp;") == 8
    assert "<i>" not in drawn
    assert 'href="/k/kannus/analysis/indicators/population/?edition=1&amp;&quot;"' in drawn
    assert "<svg>1</svg>" in drawn
    assert "<svg>2</svg>" in drawn
