"""Letters: who gets them in which words, who does not and why, and that each leaves once."""

import re
from datetime import date

import pytest
from django.core import mail
from django.utils import translation

from municipalities.enums import Role
from municipalities.models import ContactAddress
from seasons.actions import sending as actions
from seasons.enums import ParticipationState as State
from seasons.letters.placeholders import Placeholder, unknown
from seasons.letters.recipients import mailing_of
from seasons.letters.templates import TEMPLATES
from seasons.models import Letter, Participation, Season, SentLetter
from seasons.queries.letter_list import letters_of, letters_to, sent_rows
from tests.clock import NOW, TODAY
from tests.municipalities.factories import (
    ContactAddressFactory,
    MunicipalityFactory,
    PopulationFactory,
    user_with_role,
)
from tests.pressing import carried, press
from tests.seasons.factories import (
    WITHDRAWN,
    LetterFactory,
    ParticipationFactory,
    SeasonFactory,
    opened_season,
)
from uso.ground.lib.errors import RuleViolation
from uso.ground.mail.models import Message, MessageState
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

FILLED = {
    "subject_fi": "Kutsu: {kunta}",
    "text_fi": "Hyvä {kunta}!",
    "subject_sv": "Inbjudan: {kunta}",
    "text_sv": "Bästa {kunta}!",
    "subject_en": "",
    "text_en": "",
}


@pytest.fixture
def season() -> Season:
    return opened_season(number=9)


def invite(season, municipality, **fields) -> Participation:
    with scope(municipality.pk):
        return ParticipationFactory(season=season, municipality=municipality, **fields)


def mailbox(municipality, email, **fields) -> None:
    with scope(municipality.pk):
        ContactAddressFactory(municipality=municipality, email=email, **fields)


def page_of(letter) -> str:
    return f"/seasons/{letter.season.number}/letters/{letter.pk}/"


def addresses(letter) -> list[str]:
    return [each.address.email for each in mailing_of(letter).recipients]


def reasons(letter) -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(each.member.name, each.reason) for each in mailing_of(letter).left_out]


def messages() -> list[Message]:
    with across_municipalities(reason="a test reads the outbox"):
        return list(Message.objects.filter(template="letter").order_by("pk"))


def send(letter, by) -> int:
    return actions.send_letter(letter=letter, by=by, at=NOW)


# -- Words -------------------------------------------------------------------------------------


def test_each_placeholder_is_filled_with_what_is_true_of_the_municipality(season, kannus):
    season.population_year = 2024
    season.save()
    PopulationFactory(municipality=kannus, year=2024, count=5_264)
    row = invite(season, kannus)
    mailbox(kannus, "kirjaamo@kannus.fi")
    text = " | ".join(each.typed for each in Placeholder)

    (got,) = mailing_of(LetterFactory(season=season, text_fi=text)).recipients

    words = got.written.text.split(" | ")
    assert [words[0], *words[3:5]] == ["Kannus", "5\xa0264", "2024"]
    assert words[1] == "9\xa0000\xa0€"
    assert words[2]
    assert re.search(rf"/uso9/paper/{row.pk}-1\.", words[5])
    assert words[6] == f"USO9 ({season.years})"
    assert words[7].endswith("/uso9/?lang=fi")


def test_every_template_of_ours_is_free_of_unknown_placeholders():
    texts = [text for each in TEMPLATES.values() for text in each.fields.values()]

    assert len(texts) == 12
    assert [wrong for text in texts for wrong in unknown(text)] == []


@pytest.mark.parametrize(
    ("language", "greeting"), [("fi", "Hyvä"), ("sv", "Bästa"), ("en", "Hyvä")]
)
def test_recipient_reads_their_language(season, kannus, language, greeting):
    invite(season, kannus)
    mailbox(kannus, "kirjaamo@kannus.fi", language=language)

    (got,) = mailing_of(LetterFactory(season=season)).recipients

    assert got.written.text == f"{greeting} Kannus!"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text_fi": ""}, "id_text_fi_error"),
        ({"text_sv": "Bästa {kuntta}"}, "{kuntta}"),
        ({"subject_fi": "Kutsu {kunta"}, "id_subject_fi_error"),
        ({"text_en": "Dear {kunta}"}, "id_subject_en_error"),
    ],
)
def test_letter_that_cannot_be_written_is_refused(client_for, coordinator, season, typed, said):
    page = press(
        client_for(coordinator),
        f"/seasons/{season.number}/letters/new/?state=invited",
        {**FILLED, **typed},
    )

    assert page.status_code == 422
    assert said in page.text
    assert not Letter.objects.exists()


def test_subject_stays_on_one_line(client_for, coordinator, season):
    press(
        client_for(coordinator),
        f"/seasons/{season.number}/letters/new/?state=invited",
        {**FILLED, "subject_fi": "Kutsu\r\nBcc: kaikki@example.fi"},
    )

    letter = Letter.objects.get()
    assert letter.subject_fi == "Kutsu Bcc: kaikki@example.fi"
    assert (letter.stage, letter.picked) == (State.INVITED, [])


def test_text_of_a_person_is_escaped(client_for, coordinator, season, kannus):
    invite(season, kannus)
    mailbox(kannus, "kirjaamo@kannus.fi")
    letter = LetterFactory(season=season, text_fi="<script>alert(1)</script>")

    page = client_for(coordinator).get(page_of(letter)).text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


# -- To whom -----------------------------------------------------------------------------------


def test_each_address_of_a_municipality_stands_once(season, kannus, kannus_contact):
    invite(season, kannus)
    other = user_with_role(Role.CONTACT, kannus)
    ended = user_with_role(Role.CONTACT, kannus)
    ended.memberships.update(ends_on=date(2026, 1, 1))
    mailbox(kannus, "kirjaamo@kannus.fi")
    mailbox(kannus, other.email, label="Sama osoite")
    user_with_role(Role.LEADER, kannus)

    assert addresses(LetterFactory(season=season)) == [
        kannus_contact.email,
        other.email,
        "kirjaamo@kannus.fi",
    ]


def test_who_is_left_out_is_told_with_the_reason(season, kannus, jamsa):
    invite(season, kannus)
    invite(season, jamsa, **WITHDRAWN)
    poor = MunicipalityFactory()
    invite(season, poor)
    mailbox(poor, "kirjaamo@example.fi")
    mailbox(jamsa, "kirjaamo@jamsa.example")
    picked = [kannus.pk, jamsa.pk, poor.pk]

    letter = LetterFactory(season=season, stage="", picked=picked, text_fi="{maksu}")

    assert mailing_of(letter).recipients == []
    assert set(reasons(letter)) == {
        (kannus.name_fi, "no contact person and no shared mailbox"),
        (jamsa.name_fi, "does not take part: withdrawn"),
        (poor.name_fi, "the fee cannot be computed: the population is missing"),
    }


def test_link_into_a_draft_season_is_sent_to_nobody(kannus):
    draft = SeasonFactory(number=10, first_year=2029)
    invite(draft, kannus)
    mailbox(kannus, "kirjaamo@kannus.fi")

    letter = LetterFactory(season=draft, text_fi="{päätöspohja}")

    assert reasons(letter) == [
        ("Kannus", "the season is a draft: the link in the letter would not open")
    ]


def test_address_is_left_out_and_put_back(client_for, coordinator, season, kannus):
    invite(season, kannus)
    mailbox(kannus, "kirjaamo@kannus.fi")
    mailbox(kannus, "hallinto@kannus.fi")
    letter, client = LetterFactory(season=season), client_for(coordinator)
    key = f"{kannus.pk}:kirjaamo@kannus.fi"

    client.post(f"{page_of(letter)}leave-out/", {"leave": [key, "nobody"]})
    letter.refresh_from_db()
    assert (letter.left_out, addresses(letter)) == ([key], ["hallinto@kannus.fi"])

    client.post(f"{page_of(letter)}leave-out/", {"back": key})
    letter.refresh_from_db()
    assert len(addresses(letter)) == 2


def test_ticked_rows_of_the_members_are_written_to(client_for, coordinator, season, kannus, jamsa):
    invite(season, kannus)
    invite(season, jamsa)
    page = f"/seasons/9/letters/new/?m={kannus.pk}"

    press(client_for(coordinator), page, FILLED)

    letter = Letter.objects.get()
    assert (letter.stage, letter.picked) == ("", [kannus.pk])


def test_narrowed_list_is_written_to(client_for, coordinator, season, kannus, jamsa):
    invite(season, kannus)
    invite(season, jamsa)

    press(client_for(coordinator), "/seasons/9/letters/new/?state=invited&q=Jämsä", FILLED)

    letter = Letter.objects.get()
    assert (letter.stage, letter.picked) == ("", [jamsa.pk])


# -- Sending -----------------------------------------------------------------------------------


@pytest.fixture
def letter(season, kannus, jamsa, coordinator) -> Letter:
    for place in (kannus, jamsa):
        invite(season, place)
        mailbox(place, f"kirjaamo@{place.slug}.example")
    return LetterFactory(season=season, made_by=coordinator)


def test_letter_leaves_once_to_each_address(
    client_for, coordinator, letter, sent, django_capture_on_commit_callbacks
):
    client, question = client_for(coordinator), f"{page_of(letter)}send/"
    assert "Lähetä 2 kirjettä" in client.get(question).text

    with django_capture_on_commit_callbacks(execute=True):
        press(client, question)
    client.post(question)

    assert sorted((m.to[0], m.subject) for m in mail.outbox) == [
        ("kirjaamo@jamsa.example", "Kutsu: Jämsä"),
        ("kirjaamo@kannus.example", "Kutsu: Kannus"),
    ]
    letter.refresh_from_db()
    assert letter.sent_by == coordinator
    assert coordinator.email in mail.outbox[0].reply_to[0]
    assert "Hyvä Jämsä!" in client.get(page_of(letter)).text


def test_list_that_changed_since_is_refused_with_the_difference(
    client_for, coordinator, season, letter
):
    client, question = client_for(coordinator), f"{page_of(letter)}send/"
    newcomer = MunicipalityFactory(name_fi="Uusikunta")

    def drawn() -> dict[str, str]:

        return carried(client.get(question))

    before = drawn()
    invite(season, newcomer)
    mailbox(newcomer, "kirjaamo@uusikunta.fi")
    page = client.post(question, before)

    assert page.status_code == 422
    assert "uutta: Uusikunta" in page.text
    assert messages() == []


def test_sent_letter_is_changed_and_sent_no_more(letter, coordinator):
    send(letter, coordinator)

    for again in (
        lambda: send(letter, coordinator),
        lambda: actions.save_letter(letter=letter, by=coordinator, subject_fi="Muu"),
        lambda: actions.leave_out(letter=letter, keys=[], back=[], by=coordinator),
    ):
        with pytest.raises(RuleViolation):
            again()
    assert len(sent_rows(letter)) == 2


def test_nothing_is_sent_in_a_season_that_has_ended(letter, coordinator):
    Season.objects.filter(pk=letter.season.pk).update(state="closed")

    with pytest.raises(RuleViolation, match=r"päättynyt|ended"):
        send(letter, coordinator)
    assert sent_rows(letter) == []


def test_letter_to_nobody_is_refused(season, coordinator):
    with pytest.raises(RuleViolation):
        send(LetterFactory(season=season), coordinator)


def test_task_that_runs_twice_writes_each_message_once(
    letter, coordinator, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(letter, coordinator)
    for row in sent_rows(letter):
        row.letter = letter
        with scope(row.municipality_id):
            actions.queue_letter(row)

    assert len(messages()) == 2


def test_failed_letter_is_named_and_sent_again(client_for, letter, coordinator, kannus, sent, django_capture_on_commit_callbacks):  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        send(letter, coordinator)
    with scope(kannus.pk):
        Message.objects.filter(template="letter").update(
            state=MessageState.FAILED, sent_at=None, error="550 no such mailbox", body_text=""
        )
    client = client_for(coordinator)
    page = client.get(page_of(letter)).text
    assert "550 no such mailbox" in page
    (listed,) = letters_of(letter.season)
    assert (listed.sent, listed.failed, listed.waiting) == (1, 1, 0)
    mail.outbox.clear()

    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"{page_of(letter)}retry/")

    assert [m.to for m in mail.outbox] == [["kirjaamo@kannus.example"]]
    assert "Hyvä Kannus!" in mail.outbox[0].body


def fail_everything(municipality) -> None:
    with scope(municipality.pk):
        Message.objects.filter(template="letter").update(
            state=MessageState.FAILED, sent_at=None, error="550 no such mailbox"
        )


def test_failed_letter_is_sent_again_to_nobody_who_is_gone(letter, coordinator, kannus):
    send(letter, coordinator)
    fail_everything(kannus)
    with scope(kannus.pk):
        ContactAddress.objects.all().delete()

    assert actions.send_failed_again(letter=letter, by=coordinator, at=NOW) == 0


def test_nothing_is_sent_again_after_the_season(letter, coordinator, kannus):
    send(letter, coordinator)
    fail_everything(kannus)

    with pytest.raises(RuleViolation, match="päättynyt"):
        actions.send_failed_again(letter=letter, by=coordinator, at=NOW.replace(year=2031))


def test_outbox_keeps_no_letter_once_it_is_sent(
    letter, coordinator, kannus, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(letter, coordinator)

    with scope(kannus.pk):
        message = Message.objects.get(template="letter")
    assert (message.state, message.body_text) == (MessageState.SENT, "")


def test_reminder_leaves_out_whom_the_letter_left_out(letter, coordinator, jamsa):
    letter.left_out = [f"{jamsa.pk}:kirjaamo@jamsa.example"]
    letter.save()
    send(letter, coordinator)
    letter.refresh_from_db()

    reminder = actions.remind(letter=letter, fields=FILLED, by=coordinator)

    assert reminder.left_out == letter.left_out


def test_test_goes_to_oneself_alone(
    client_for, coordinator, letter, jamsa, sent, django_capture_on_commit_callbacks
):
    of = f"{jamsa.pk}:kirjaamo@jamsa.example"

    with django_capture_on_commit_callbacks(execute=True):
        client_for(coordinator).post(f"{page_of(letter)}test/", {"of": of})

    assert [(m.to, m.subject) for m in mail.outbox] == [([coordinator.email], "Kutsu: Jämsä")]
    letter.refresh_from_db()
    assert not letter.is_sent


def test_reminder_goes_to_those_whose_stage_has_not_moved(client_for, letter, coordinator, kannus, jamsa):  # fmt: skip
    send(letter, coordinator)
    with scope(kannus.pk):
        Participation.objects.update(state=State.DECIDING, state_on=TODAY)

    client_for(coordinator).post(f"{page_of(letter)}remind/")

    reminder = Letter.objects.get(reminds=letter)
    assert not reminder.is_sent
    assert [each.member.name for each in mailing_of(reminder).recipients] == [jamsa.name_fi]
    assert reasons(reminder) == [("Kannus", "has answered: deciding")]


def test_municipality_reads_its_own_letters_alone(letter, coordinator, kannus):
    send(letter, coordinator)

    with scope(kannus.pk):
        assert [(row.to_email, row.subject) for row in letters_to(kannus)] == [
            ("kirjaamo@kannus.example", "Kutsu: Kannus")
        ]
        assert SentLetter.objects.count() == 1


def test_letter_of_another_season_is_not_there(client_for, coordinator, letter):
    SeasonFactory(number=8)

    assert client_for(coordinator).get(f"/seasons/8/letters/{letter.pk}/").status_code == 404
