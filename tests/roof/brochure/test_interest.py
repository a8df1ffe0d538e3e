"""Interest that a stranger expresses: on the pipeline once, answered, and safe from robots."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from seasons.actions import interest
from seasons.enums import ParticipationSource, ParticipationState, SeasonState
from seasons.models import Interest, Participation, Season
from seasons.tasks import erase_interest
from tests.seasons.factories import ParticipationFactory, SeasonFactory, member_of, opened_season
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.brochure.interest_form import DRAWN, SIGNER

pytestmark = pytest.mark.django_db

URL = "/uso8/interest/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def season(db: None) -> Season:
    return opened_season(number=8)


@pytest.fixture
def typed(kannus, time_machine) -> dict[str, str]:
    """What a person sends who had the form open for a minute."""
    now = timezone.now()
    time_machine.move_to(now - timedelta(minutes=1))
    stamp = SIGNER.sign(DRAWN)
    time_machine.move_to(now)
    return {
        "municipality": str(kannus.pk),
        "name": "Aino Aho",
        "title": "Kaupunginjohtaja",
        "email": "aino.aho@kannus.example",
        "message": "Mitä kausi maksaa meille?",
        "language": "sv",
        "website": "",
        "drawn_at": stamp,
    }


def stored(model):
    with across_municipalities(reason="the test looks at the whole network"):
        return list(model.objects.order_by("pk"))


def errors(response) -> str:
    page = response.content.decode()
    summary = re.search(r'<div class="error-summary".*?</div>', page, re.DOTALL)
    return summary[0] if summary else ""


def test_interest_puts_a_municipality_on_the_pipeline(season, typed, kannus):
    response = Client().post(URL, typed)

    assert response["Location"] == "/uso8/interest/sent/?lang=fi"
    assert "no-store" in Client().get(response["Location"])["Cache-Control"]
    (place,) = stored(Participation)
    assert (place.municipality_id, place.state, place.source) == (
        kannus.pk, ParticipationState.INTERESTED, ParticipationSource.PUBLIC_PAGE,
    )  # fmt: skip
    assert place.state_on == timezone.localdate()
    (interest,) = stored(Interest)
    assert (interest.name, interest.message, interest.language) == (
        "Aino Aho", "Mitä kausi maksaa meille?", "sv",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [("invited", "interested"), ("interested", "interested"), ("deciding", "deciding"),
     ("declined", "declined"), ("withdrawn", "withdrawn")],
)  # fmt: skip
def test_municipality_on_the_list_joins_its_own_place(season, typed, kannus, before, after):
    with across_municipalities(reason="the test invites"):
        ParticipationFactory(season=season, municipality=kannus, state=before)

    Client().post(URL, typed)

    (place,) = stored(Participation)
    assert (place.state, place.source) == (after, ParticipationSource.COORDINATOR)
    assert len(stored(Interest)) == 1


def test_second_of_a_municipality_joins_the_first(season, typed):
    Client().post(URL, typed)
    Client().post(URL, {**typed, "name": "Eero Elo", "email": "eero.elo@kannus.example"})

    assert len(stored(Participation)) == 1
    assert [each.name for each in stored(Interest)] == ["Aino Aho", "Eero Elo"]


def test_same_press_again_is_one_interest(season, typed, coordinator):
    first, second = Client().post(URL, typed), Client().post(URL, typed)

    assert first["Location"] == second["Location"]
    assert (len(stored(Interest)), len(stored(Message))) == (1, 2)


def test_sender_reads_in_their_language_and_nothing_of_what_was_typed(season, typed, coordinator):
    bait = {**typed, "name": "BAIT http://spam.example", "title": "BAIT", "message": "BAIT"}
    Client().post(URL, bait)

    (mail,) = [each for each in stored(Message) if each.template == "interest_received"]
    assert (mail.to_email, mail.language) == ("aino.aho@kannus.example", "sv")
    assert "Kannus" in mail.subject + mail.body_text
    assert "Nätverket har tagit emot" in mail.body_text
    assert "BAIT" not in mail.subject + mail.body_text + mail.reply_to
    assert coordinator.email in mail.reply_to


def test_coordinators_read_who_asks_and_answer_them(season, typed, coordinator):
    message = '<b>Hei</b> {{ season }} {% now "Y" %}\nToinen rivi'
    Client().post(URL, {**typed, "message": message, "name": 'A "B" <c@d.example>'})

    (mail,) = [each for each in stored(Message) if each.template == "interest_expressed"]
    assert mail.to_email == coordinator.email
    assert '> <b>Hei</b> {{ season }} {% now "Y" %}\n> Toinen rivi\n' in mail.body_text
    assert '> A "B" <c@d.example>, Kaupunginjohtaja\n> aino.aho@kannus.example\n' in mail.body_text
    assert "/seasons/8/members/kannus/" in mail.body_text
    assert mail.reply_to == "\"A 'B' <c@d.example>\" <aino.aho@kannus.example>"


def test_mail_about_a_member_says_that_it_is_one(season, typed, kannus, coordinator):
    with across_municipalities(reason="the test invites"):
        member_of(season, kannus)

    Client().post(URL, typed)

    (mail,) = [each for each in stored(Message) if each.template == "interest_expressed"]
    assert mail.subject == "Kannus (jo mukana): yhteydenotto kauden USO8 sivulta"
    assert "Vastauskieli: ruotsi" in mail.body_text
    assert "Tila kauden jäsenluettelossa: mukana" in mail.body_text


def test_speed_is_not_spoken_of_while_something_else_is_wrong(season, typed, time_machine):
    refused = Client().post(URL, {**typed, "name": "", "drawn_at": SIGNER.sign(DRAWN)})

    assert "nopeasti" not in errors(refused)
    assert refused.context["form"].errors.keys() == {"name"}


def test_no_line_of_a_stranger_passes_for_the_letters_own(season, typed, coordinator):
    bait = "x\n\nKunnan sivu: https://spam.example\u2028Kirjaudu"
    Client().post(URL, {**typed, "message": bait, "name": "BAIT", "title": "BAIT"})

    (mail,) = [each for each in stored(Message) if each.template == "interest_expressed"]
    lines = mail.body_text.splitlines()
    own = [line for line in lines if not line.startswith(">")]
    assert "Kirjaudu" in mail.body_text
    assert not [line for line in own if "spam" in line or "BAIT" in line or "Kirjaudu" in line]
    first = next(n for n, line in enumerate(lines) if line.startswith(">"))
    (warning,) = [n for n, line in enumerate(lines) if "Kukaan ei ole tarkistanut" in line]
    assert warning < first


def test_headers_cannot_be_injected(
    season, typed, coordinator, sent, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(
            URL, {**typed, "name": "Aino\r\nBcc: victim@example.fi", "title": "x\r\n\r\ny"}
        )

    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        headers = dict(mail.message().items())
        assert "Bcc" not in headers
        assert all("\n" not in value.replace("\n ", " ") for value in headers.values())


@pytest.mark.parametrize("field", ["name", "title", "message", "email"])
def test_text_of_any_length_is_refused_by_the_fields_name(season, typed, field):
    response = Client().post(URL, {**typed, field: "a" * 200_000})

    assert response.status_code == 422
    assert f'href="#id_{field}"' in errors(response)
    assert stored(Interest) == []


@pytest.mark.parametrize("field", ["municipality", "name", "email"])
def test_what_is_needed_says_so(season, typed, field):
    response = Client().post(URL, {**typed, field: ""})

    assert response.status_code == 422
    assert f'href="#id_{field}"' in errors(response)


def test_field_that_people_do_not_see_refuses_a_robot_kindly(season, typed):
    response = Client().post(URL, {**typed, "website": "http://spam.example"})

    assert response.status_code == 422
    assert "Ohjelma näyttää täyttäneen" in errors(response)
    assert "Mitä kausi maksaa meille?" in response.content.decode()
    assert "not-for-people" not in response.content.decode()
    assert stored(Interest) == []


@pytest.mark.parametrize(
    ("age", "said"),
    [(timedelta(seconds=1), "liian nopeasti"), (timedelta(hours=25), "yli vuorokauden")],
)
def test_form_sent_too_soon_or_too_late_is_kept_and_can_be_sent_again(
    season, typed, time_machine, age, said
):
    now = timezone.now()
    time_machine.move_to(now - age)
    stamp = SIGNER.sign(DRAWN)
    time_machine.move_to(now)

    response = Client().post(URL, {**typed, "drawn_at": stamp})

    assert response.status_code == 422
    assert said in errors(response)
    page = response.content.decode()
    assert "Mitä kausi maksaa meille?" in page
    carried = re.search(r'name="drawn_at" value="([^"]+)"', page)[1]
    time_machine.move_to(now + timedelta(seconds=10))
    assert Client().post(URL, {**typed, "drawn_at": carried}).status_code == 302


def test_what_no_form_carries_is_passed_over(season, typed):
    answer = Client().post(URL, {**typed, "drawn": "[" * 200_000})

    assert answer.status_code == 302


def test_forged_time_is_refused(season, typed):
    response = Client().post(URL, {**typed, "drawn_at": "drawn:1:x"})

    assert (response.status_code, stored(Interest)) == (422, [])


def test_hundred_interests_of_a_robot_are_limited_and_others_go_on(season, typed):
    robot = Client(REMOTE_ADDR="192.0.2.1")
    answers = [
        robot.post(URL, {**typed, "email": f"robot{n}@spam.example"}).status_code
        for n in range(100)
    ]

    assert (answers.count(302), answers.count(429)) == (10, 90)
    refused = robot.post(URL, typed)
    assert "Yritä myöhemmin uudelleen" in errors(refused)
    assert "Mitä kausi maksaa meille?" in refused.content.decode()
    assert Client(REMOTE_ADDR="198.51.100.7").post(URL, typed).status_code == 302


def test_one_address_gets_few_mails_whoever_types_it(season, typed):
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{n}").post(URL, {**typed, "name": f"N {n}"}).status_code
        for n in range(5)
    ]

    assert answers == [302, 302, 302, 429, 429]


def test_season_that_has_ended_takes_no_interest(typed):
    SeasonFactory(number=4, state=SeasonState.CLOSED)

    for answer in (Client().get("/uso4/interest/"), Client().post("/uso4/interest/", typed)):
        assert "Kausi 2017–2018 on päättynyt" in answer.content.decode()
    assert stored(Interest) == []


def test_draft_takes_no_interest(typed):
    SeasonFactory(number=8)

    assert Client().post(URL, typed).status_code == 404


def test_form_asks_for_its_token(season, typed):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(URL, typed).status_code == 403
    page = strict.get(URL)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    assert strict.post(URL, {**typed, "csrfmiddlewaretoken": token}).status_code == 302


def test_every_municipality_can_be_chosen_in_the_language_of_the_page(season, kannus, jamsa):
    page = Client().get(URL + "?lang=sv").content.decode()

    assert '<html lang="sv">' in page
    assert page.count(">Kannus<") == 1
    assert 'value="sv" selected' in page


def test_members_page_shows_each_interest_to_coordinators_alone(
    season, typed, client_for, coordinator, expert
):
    typed["message"] = "<i>Soittakaa</i>"
    Client().post(URL, typed)
    url = "/seasons/8/members/kannus/"

    page = client_for(coordinator).get(url).content.decode()

    assert "Aino Aho" in page
    assert "aino.aho@kannus.example" in page
    assert "&lt;i&gt;Soittakaa&lt;/i&gt;" in page
    assert "aino.aho" not in client_for(expert).get(url).content.decode()


def test_flood_of_one_municipality_from_many_networks_ends_and_what_came_stays(
    season, typed, jamsa, monkeypatch
):
    monkeypatch.setattr(interest, "MOST_A_DAY", 2)

    def send(n: int, **other):
        sender = {"name": f"N {n}", "email": f"n{n}@kannus.example"}
        return Client(REMOTE_ADDR=f"192.0.2.{n}").post(URL, {**typed, **sender, **other})

    answers = [send(n) for n in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 422, 422]
    assert "kunnasta Kannus" in errors(answers[2])
    assert "Mitä kausi maksaa meille?" in answers[2].content.decode()
    assert [row.name for row in stored(Interest)] == ["N 0", "N 1"]
    assert send(5, municipality=str(jamsa.pk)).status_code == 302


def test_flood_is_over_the_next_day(season, typed, monkeypatch, time_machine):
    monkeypatch.setattr(interest, "MOST_A_DAY", 1)
    Client().post(URL, typed)
    cache.clear()
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    again = {**typed, "name": "Toinen", "drawn_at": SIGNER.sign(DRAWN)}
    time_machine.move_to(timezone.now() + timedelta(minutes=1))

    assert Client().post(URL, again).status_code == 302


def test_interest_is_erased_in_the_night_after_its_season(season, typed, kannus, time_machine):
    Client().post(URL, typed)
    coming = opened_season(number=9)
    with across_municipalities(reason="the test looks at the whole network"):
        Interest.objects.create(
            season=coming, municipality=kannus, name="Jää", email="j@b.example", language="fi",
            at=timezone.now(),
        )  # fmt: skip

    time_machine.move_to(datetime(2026, 12, 31, 21, tzinfo=UTC))
    erase_interest()
    assert len(stored(Interest)) == 2
    time_machine.move_to(datetime(2027, 1, 1, 1, tzinfo=UTC))
    erase_interest()
    erase_interest()

    assert [row.name for row in stored(Interest)] == ["Jää"]
    (place,) = stored(Participation)
    assert (place.state, place.source) == ("interested", ParticipationSource.PUBLIC_PAGE)


def test_whoever_writes_reads_how_long_it_is_kept(season):
    assert "Tiedot poistetaan, kun kausi on päättynyt." in Client().get(URL).content.decode()
