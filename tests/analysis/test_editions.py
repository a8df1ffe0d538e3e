"""Peers, editions and documents: built from figures, published for good, guarded by the database."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from analysis.actions import analyses as actions
from analysis.actions.analyses import AnalysisRefused
from analysis.composition import digest
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, PeerSet, PeerSetMember
from analysis.queries import analyses as queries
from municipalities.crossing import across_municipalities
from municipalities.longwork import revive_jobs
from municipalities.tenancy import scope
from seasons.enums import ParticipationState
from tests import factories
from tests.analysis.editions import built, file_of, published, store, store_figures
from uso.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def heinola(db):
    return factories.MunicipalityFactory(
        code="111", slug="heinola", name_fi="Heinola", genitive_fi="Heinolan",
        locative_fi="Heinolassa", locative_sure=True,
    )  # fmt: skip


@pytest.fixture
def figures(db):
    store_figures()


def choose(municipality, season, peers, by, reason="Naapureita"):
    return actions.choose_peers(
        municipality=municipality, season=season, peers=peers, reason=reason, by=by
    )


# -- Peers


def test_peers_are_kept_in_order_and_replaced_as_a_whole(
    in_kannus, jamsa, heinola, season8, kannus_contact
):
    choose(in_kannus, season8, [jamsa, heinola], kannus_contact)
    first = queries.chosen_peers(season8)
    assert queries.peer_municipalities(first) == [jamsa, heinola]

    choose(in_kannus, season8, [heinola], kannus_contact, reason="")

    second = queries.chosen_peers(season8)
    assert (second.pk, second.reason) == (first.pk, "")
    assert queries.peer_municipalities(second) == [heinola]


def test_peers_are_refused_by_name(in_kannus, jamsa, season8, kannus_contact):
    many = factories.MunicipalityFactory.create_batch(16)
    for peers, said in [
        ([], "ainakin yksi kunta"),
        (many, "enintään 15 kuntaa; valitsit 16"),
        ([in_kannus, jamsa], "Kannus on itse vertailtava"),
    ]:
        with pytest.raises(AnalysisRefused, match=said):
            choose(in_kannus, season8, peers, kannus_contact)

    assert PeerSet.objects.count() == 0


def test_database_refuses_a_municipality_as_its_own_peer(in_kannus, jamsa, season8, kannus_contact):
    chosen = choose(in_kannus, season8, [jamsa], kannus_contact)

    with pytest.raises(DatabaseError, match="peer_is_somebody_else"), transaction.atomic():
        PeerSetMember.objects.create(
            municipality=in_kannus, peer_set=chosen, peer=in_kannus, position=2
        )


# -- Building


def test_draft_is_built_of_figures_and_peers(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa, heinola], kannus_contact)

    draft = built(in_kannus, season8, coordinator)

    assert (draft.edition, draft.state, draft.built_by) == (1, AnalysisState.DRAFT, coordinator)
    assert draft.sha256 == digest(draft.content)
    assert [each["fi"] for each in draft.content["peers"]["members"]] == ["Jämsä", "Heinola"]
    population = draft.content["groups"][0]["measures"][0]
    assert population["latest"] == {"value": 5264.0, "first": 2024, "last": 2024}
    assert population["origins"][0]["table"] == "11re"
    assert "2023 (ei ole koottu)" in str(population["limits"])


def test_building_again_changes_nothing_while_nothing_has_changed(
    figures, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    draft = built(in_kannus, season8, coordinator)
    store(draft, "fi")

    again = built(in_kannus, season8, coordinator, on=date(2026, 12, 31))

    assert (again.pk, again.sha256, again.built_at) == (draft.pk, draft.sha256, draft.built_at)
    assert AnalysisDocument.objects.count() == 1


def test_new_peers_change_the_draft_in_place_and_drop_its_documents(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    draft = built(in_kannus, season8, coordinator)
    store(draft, "fi")
    choose(in_kannus, season8, [heinola], kannus_contact)

    again = built(in_kannus, season8, coordinator)

    assert (again.pk, again.edition) == (draft.pk, 1)
    assert again.sha256 != draft.sha256
    assert AnalysisDocument.objects.count() == 0


def test_new_peers_after_publishing_make_the_next_edition(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    first = published(in_kannus, season8, coordinator)
    assert built(in_kannus, season8, coordinator).pk == first.pk, "nothing new, nothing built"
    choose(in_kannus, season8, [heinola], kannus_contact)

    second = built(in_kannus, season8, coordinator)

    assert (second.edition, second.state) == (2, AnalysisState.DRAFT)
    first.refresh_from_db()
    assert [each["fi"] for each in first.content["peers"]["members"]] == ["Jämsä"]


def test_analysis_without_any_figures_says_so(in_kannus, season8, coordinator):
    draft = built(in_kannus, season8, coordinator)

    measures = draft.content["groups"][0]["measures"]
    assert [each["latest"] for each in measures] == [None] * 6
    assert all("Lukuja ei ole saatu" in each["limits"][0]["fi"] for each in measures)


# -- Publishing


def test_published_edition_never_changes_past_the_orm(
    figures, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    analysis = published(in_kannus, season8, coordinator)
    store(analysis, "fi")

    for sql in (
        "UPDATE analysis_analysis SET content = '{}'",
        "UPDATE analysis_analysis SET state = 'draft', published_at = NULL, published_by_id = NULL",
        "UPDATE analysis_analysis SET sha256 = 'x'",
        "DELETE FROM analysis_analysis",
        "UPDATE analysis_analysisdocument SET content = ''",
        "DELETE FROM analysis_analysisdocument",
    ):
        with (
            pytest.raises(DatabaseError, match="never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_publishing_wants_peers(figures, in_kannus, season8, coordinator):
    draft = built(in_kannus, season8, coordinator)

    with pytest.raises(AnalysisRefused, match="Kannus ei ole valinnut vertailukuntia"):
        actions.publish_analysis(analysis=draft, by=coordinator)


def test_publishing_a_draft_that_was_tampered_with_is_refused(
    figures, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    draft = built(in_kannus, season8, coordinator)
    Analysis.objects.update(content=draft.content | {"made_on": "2020-01-01"})
    draft.refresh_from_db()

    with pytest.raises(AnalysisRefused, match="tarkistussummaansa"):
        actions.publish_analysis(analysis=draft, by=coordinator)


def test_publishing_twice_publishes_once(
    figures, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    draft = built(in_kannus, season8, coordinator)
    stale = Analysis.objects.get(pk=draft.pk)
    actions.publish_analysis(analysis=draft, by=coordinator)

    with pytest.raises(AnalysisRefused, match="sillä välin julkaistu"):
        actions.publish_analysis(analysis=stale, by=coordinator)


def test_all_drafts_are_published_but_those_that_cannot(
    figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        built(kannus, season8, coordinator)
    with scope(jamsa.pk):
        built(jamsa, season8, coordinator)

    done, refused = actions.publish_drafts(season=season8, by=coordinator)

    assert done == 1
    assert refused == [
        "Jämsä ei ole valinnut vertailukuntia: analyysia ei voi julkaista ilman niitä."
    ]


# -- Tenancy


def test_rows_of_another_municipality_are_out_of_sight_and_reach(
    figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        analysis = built(kannus, season8, coordinator)
        store(analysis, "fi")

    with scope(jamsa.pk):
        for model in (Analysis, AnalysisDocument, PeerSet, PeerSetMember):
            assert model.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("UPDATE analysis_analysis SET sha256 = 'x'")
            assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Analysis.objects.create(
                municipality=kannus, season=season8, edition=7, content={}, sha256=""
            )


@pytest.mark.django_db(transaction=True)
def test_child_cannot_point_to_another_municipalitys_parent(kannus, jamsa, season8, kannus_contact):
    with scope(kannus.pk):
        chosen = choose(kannus, season8, [jamsa], kannus_contact)

    with pytest.raises(DatabaseError, match="peer_set_tenant"), scope(jamsa.pk):
        PeerSetMember.objects.create(
            municipality=jamsa, peer_set_id=chosen.pk, peer=kannus, position=1
        )


# -- Documents and long work


@pytest.fixture
def quick_pdf(monkeypatch):
    """Spare the seconds of drawing where the file's bytes do not matter."""
    drawn = []

    def draw(content, language):
        drawn.append((content["municipality"]["code"], language))
        return file_of(language)

    monkeypatch.setattr(actions, "report_pdf", draw)
    return drawn


def test_document_is_made_once(
    quick_pdf, figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        analysis = published(kannus, season8, coordinator)
    wanted = {"analysis_id": analysis.pk, "municipality_id": kannus.pk, "language": "sv"}

    assert actions.make_document(**wanted) is True
    assert actions.make_document(**wanted) is False

    assert quick_pdf == [("217", "sv")]
    with scope(kannus.pk):
        assert list(AnalysisDocument.objects.values_list("language", "pages")) == [("sv", 9)]


def test_draft_built_again_while_it_is_drawn_is_drawn_anew(
    monkeypatch, figures, kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        draft = built(kannus, season8, coordinator)
    drawn = []

    def draw(content, language):
        drawn.append([each["fi"] for each in content["peers"]["members"]])
        if len(drawn) == 1:
            with scope(kannus.pk):
                choose(kannus, season8, [heinola], kannus_contact)
                built(kannus, season8, coordinator)
        return file_of(language)

    monkeypatch.setattr(actions, "report_pdf", draw)

    actions.make_document(analysis_id=draft.pk, municipality_id=kannus.pk, language="fi")

    assert drawn == [["Jämsä"], ["Heinola"]]
    with scope(kannus.pk):
        assert AnalysisDocument.objects.count() == 1


def confirm(municipality, season):
    with scope(municipality.pk):
        factories.ParticipationFactory(
            municipality=municipality, season=season, state=ParticipationState.DECIDED
        )
    with across_municipalities(reason="the test confirms a member"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE seasons_participation SET state = 'confirmed', confirmed_at = now(),"
            " confirmed_by_id = (SELECT min(id) FROM municipalities_user)"
        )


def network_job(kind):
    with across_municipalities(reason="the test looks at the job"):
        return Job.objects.get(kind=kind)


def test_all_members_are_built_and_printed_in_their_languages(
    sent,
    quick_pdf,
    figures,
    kannus,
    jamsa,
    season8,
    coordinator,
    django_capture_on_commit_callbacks,
):
    jamsa.language_status = "fi-sv"
    jamsa.save()
    confirm(kannus, season8)
    confirm(jamsa, season8)

    with django_capture_on_commit_callbacks(execute=True):
        actions.start_building(season=season8, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        actions.start_documents(season=season8, by=coordinator)

    building, printing = network_job(queries.BUILD_JOB), network_job(queries.ALL_DOCUMENTS_JOB)
    assert (building.state, building.done_count, building.total) == (JobState.DONE, 2, 2)
    assert (printing.state, printing.done_count, printing.total) == (JobState.DONE, 3, 3)
    assert sorted(quick_pdf) == [("182", "fi"), ("182", "sv"), ("217", "fi")]
    with pytest.raises(AnalysisRefused, match="Tehtävää ei ole"):
        actions.start_documents(season=season8, by=coordinator)


def test_one_failure_does_not_stop_the_rest_and_retry_makes_what_is_missing(
    sent, quick_pdf, monkeypatch, figures, kannus, jamsa, season8, coordinator,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    confirm(kannus, season8)
    confirm(jamsa, season8)
    with django_capture_on_commit_callbacks(execute=True):
        actions.start_building(season=season8, by=coordinator)
    draw = actions.report_pdf

    def draw_but_kannus(content, language):
        if content["municipality"]["code"] == "217":
            raise RuntimeError("no ink")
        return draw(content, language)

    monkeypatch.setattr(actions, "report_pdf", draw_but_kannus)
    with django_capture_on_commit_callbacks(execute=True):
        actions.start_documents(season=season8, by=coordinator)
    job = network_job(queries.ALL_DOCUMENTS_JOB)
    assert (job.state, job.done_count, job.failed_count) == (JobState.FAILED, 1, 1)

    monkeypatch.setattr(actions, "report_pdf", draw)
    with django_capture_on_commit_callbacks(execute=True):
        again = actions.start_documents(season=season8, by=coordinator)

    with across_municipalities(reason="the test looks at the jobs"):
        again.refresh_from_db()
        assert (again.state, again.done_count, again.total) == (JobState.DONE, 1, 1)
    assert sorted(quick_pdf) == [("182", "fi"), ("217", "fi")]


class Killed(BaseException):
    """What a worker that is killed leaves behind: no except clause of ours sees it."""


def test_killed_worker_leaves_the_pdf_to_the_next_one(
    sent, quick_pdf, monkeypatch, figures, kannus, jamsa, season8, kannus_contact, kannus_leader,
    coordinator, django_capture_on_commit_callbacks,
):  # fmt: skip
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        analysis = published(kannus, season8, coordinator)
    draw = actions.report_pdf

    def die(content, language):
        raise Killed

    monkeypatch.setattr(actions, "report_pdf", die)
    with (
        pytest.raises(Killed),
        django_capture_on_commit_callbacks(execute=True),
        scope(kannus.pk),
    ):
        job = actions.start_document(analysis=analysis, language="fi", by=kannus_leader)
    with scope(kannus.pk):
        job.refresh_from_db()
        assert (job.state, AnalysisDocument.objects.count()) == (JobState.RUNNING, 0)
        same = actions.start_document(analysis=analysis, language="fi", by=kannus_leader)
        assert same.pk == job.pk, "a second press waits for the same job"
        Job.objects.update(created_at=LONG_AGO, moved_at=LONG_AGO)

    monkeypatch.setattr(actions, "report_pdf", draw)
    with django_capture_on_commit_callbacks(execute=True):
        assert revive_jobs() == 1

    with scope(kannus.pk):
        job.refresh_from_db()
        assert (job.state, AnalysisDocument.objects.count()) == (JobState.DONE, 1)
        assert job.result_url == f"/k/kannus/analysis/{analysis.pk}/pdf/fi/"


def test_season_without_members_has_nothing_to_build(season8, coordinator):
    with pytest.raises(AnalysisRefused, match="Kaudella ei ole vielä jäseniä"):
        actions.start_building(season=season8, by=coordinator)
