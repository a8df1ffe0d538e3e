"""Whoever reads that a message is sent can rely on it: each such sentence names the test that it is.

A new sentence that speaks of messages fails here until it stands in `PROMISES` with a test that
the message leaves, or in `NO_PROMISES`.
"""

import re
from pathlib import Path

import pytest

from uso.ground.lib.messages import gather

TESTS = Path(__file__).parent
PROMISING = re.compile(
    r"\bmessages?\b|by e-mail|remind|notif|\bsent\b|\bwe send\b|writes to|e-mailed|answers you"
    r"|\bsends?\b.*(invitation|mail)|entry (is )?attached|calendar entry|\bgo(es)? (there|here)",
    re.IGNORECASE,
)
NOTIFYING = "events/test_notifying.py::"
ANNOUNCING = "events/test_announcing.py::"
WORKSHOPS = "workshops/test_notifying.py::"
SIGN_IN = "municipalities/test_sign_in.py::"
INVITATIONS = "municipalities/test_invitations.py::"
CONFIRMED = NOTIFYING + "test_participant_gets_a_confirmation_with_a_calendar_entry"
NEW_PLACE = NOTIFYING + "test_new_place_is_told_in_words_to_those_on_site_alone"
NEW_TIME = NOTIFYING + "test_new_time_is_told_to_everybody_and_moves_the_entry"
LINK = NOTIFYING + "test_link_is_told_to_those_who_take_part_remotely_alone"
CANCELLED = NOTIFYING + "test_cancelled_event_reaches_every_municipality"
PUBLISHED = ANNOUNCING + "test_contact_persons_of_the_season_are_notified_once"
CANCELLED_HERE = (
    ANNOUNCING + "test_contact_persons_read_once_whose_people_were_coming_to_a_cancelled_event"
)
PUBLISHED_IN_A_ROW = ANNOUNCING + "test_programme_published_in_a_row_is_one_message"
DAY = WORKSHOPS + "test_agreed_day_is_an_entry_of_the_whole_day"
QUESTION = WORKSHOPS + "test_question_and_answer_are_written_to_the_other_side"
RELEASED = "roof/home/test_endings.py::test_day_ahead_leaves_the_calendar_of_whose_role_has_ended"
CODE = SIGN_IN + "test_code_by_mail_signs_in_and_leads_to_the_start"
INVITED = INVITATIONS + "test_invitation_is_written_in_the_invited_ones_language"
LETTERS = "seasons/test_letters.py::"
LETTER = LETTERS + "test_letter_leaves_once_to_each_address"
REMINDER = LETTERS + "test_reminder_goes_to_those_whose_stage_has_not_moved"
ANALYSIS = "analysis/test_after_publishing.py::test_leader_and_contact_person_are_told_once_in_their_language"

#: The beginning of each sentence that promises a message, and the test that it leaves.
PROMISES = {
    "Whoever is written here gets the role: an invitation by e-mail":
        "seasons/test_decisions.py::test_confirming_invites_whom_it_shows_and_nobody_else",
    "An invitation was sent to: %(people)s.":
        "seasons/test_decisions.py::test_confirming_invites_whom_it_shows_and_nobody_else",
    "%(count)d change saved. Participants with an e-mail address get a message": CONFIRMED,
    "An invitation was sent to %(email)s. The role passes on":
        "roof/home/test_handing_over.py::test_new_person_is_invited_by_mail",
    "What %(name)s has done, signed and sent stays under that name.":
        "roof/home/test_handing_over.py::test_holder_keeps_the_role_until_the_invitation_is_accepted",
    "The role of %(name)s ends %(day)s. They are reminded of it by e-mail.":
        "roof/home/test_handing_over.py::test_holder_is_reminded_a_month_and_a_week_before_once_each",
    "%(name)s gets a message of it.":
        "municipalities/test_roles.py::test_holder_of_an_ended_role_is_written_to",
    "%(n)s person is registered. Whoever has an e-mail address gets a message": CANCELLED,
    "%(name)s sees the draft now and is told by e-mail.":
        "analysis/test_experts.py::test_expert_is_told_once_in_their_language",
    "What they typed stands below, each line after the sign >. Nobody has checked who it is. An answer to this message goes to them.":
        "roof/brochure/test_interest.py::test_coordinators_read_who_asks_and_answer_them",
    "Questions: %(name)s, %(email)s. You can answer this message too.":
        "roof/brochure/test_interest.py::test_sender_reads_in_their_language_and_nothing_of_what_was_typed",
    "Cancelled. Those registered who have an e-mail address get a message.": CANCELLED,
    "Confirmations, changes and calendar entries go here.": NEW_PLACE,
    "The entry attached removes the second entry of the event":
        "roof/home/test_merging.py::test_second_calendar_entry_is_taken_away_by_a_message",
    "Every member municipality sees the event and can register its people.": PUBLISHED,
    "If the address has an account, we sent the code to": CODE,
    "If the address is known here, we sent instructions":
        SIGN_IN + "test_new_password_is_offered_to_those_with_an_account_alone",
    "Invitation sent to %(email)s.": INVITED,
    "No event is ahead right now. The contact persons get a message": PUBLISHED,
    "Nothing is missing. The municipalities see the event": PUBLISHED_IN_A_ROW,
    "Participants with an e-mail address get a message":
        NOTIFYING + "test_registrar_of_people_without_addresses_alone_is_promised_no_message",
    "Published. The municipalities can register their people now": PUBLISHED,
    "Every member municipality sees the event and can register its people": PUBLISHED,
    "Publishing shows it to the municipality, writes to its leaders": ANALYSIS,
    "Shown and sent to those who take part remotely.": LINK,
    "Sign in with an e-mailed code, or register somebody":
        "roof/home/test_mailbox.py::test_latest_message_stands_first",
    "Sign-in codes and messages go there.": CODE,
    "The analysis is published. The leaders and contact persons are told": ANALYSIS,
    "The calendar entry attached replaces the earlier one.": NEW_TIME,
    "The calendar entry is attached.": CONFIRMED,
    "The contact persons get a message when the coordinator publishes": PUBLISHED,
    "The contact persons of their municipalities get a message with the names.": CANCELLED_HERE,
    "The coordinator publishes the events of the season here.": PUBLISHED,
    "The coordinators get the wish by e-mail at once.":
        WORKSHOPS + "test_wish_is_written_to_every_coordinator_and_not_to_the_one_who_wished",
    "The agreed day %(when)s leaves the calendars, and the other side":
        WORKSHOPS + "test_cancelled_day_leaves_the_calendar_of_who_cancelled_too",
    "The day was saved, and the municipality gets it by e-mail.": DAY,
    "The day of one workshop leaves this person's calendar by e-mail.": RELEASED,
    "The entry attached removes the event from your calendar.":
        NOTIFYING + "test_withdrawal_cancels_the_entry",
    "The entry attached removes the workshop from your calendar.":
        WORKSHOPS + "test_cancelled_day_leaves_the_calendar_of_who_cancelled_too",
    "The invitation goes by e-mail.": INVITED,
    "The link comes by e-mail as soon as it is known.": LINK,
    "The municipality comes on the list as invited. No message is sent.":
        "seasons/test_pages.py::test_municipality_is_added_and_nobody_is_written_to",
    "The municipality gets it by e-mail and answers by mending the wish.": QUESTION,
    "The municipality gets the day by e-mail with a calendar entry":
        WORKSHOPS + "test_contact_persons_stand_in_for_who_is_none",
    "The municipality gets the question by e-mail.": QUESTION,
    "The other side gets a message.":
        WORKSHOPS + "test_own_wish_cancelled_is_written_to_the_coordinators_alone",
    "These people of %(municipality)s were registered.": CANCELLED_HERE,
    "Not copied: members, registrations":
        "events/test_copying.py::test_copies_are_drafts_with_free_seats_and_nothing_is_fired",
    "The network has received your interest in %(season)s.":
        "roof/brochure/test_interest.py::test_sender_reads_in_their_language_and_nothing_of_what_was_typed",
    "The person gets a message of each, which removes the event":
        "roof/home/test_endings.py::test_person_off_the_list_loses_the_event_in_the_calendar",
    "The role of %(count)s leader ends at once. Whose role it is gets a message":
        "roof/home/test_after_elections.py::test_chosen_ones_leave_at_once_and_the_rest_stays",
    "Whoever has an e-mail address gets a message of each, which removes the event":
        "roof/home/test_endings.py::test_person_off_the_list_loses_the_event_in_the_calendar",
    "Who gets a message":
        "roof/home/test_endings.py::test_contact_persons_read_what_ended_and_the_day_leaves_the_calendar",
    "This event will not be held. Those registered get a message": CANCELLED,
    "Those registered get a message of what changes for them": NEW_PLACE,
    "Those who take part remotely get the link by e-mail": LINK,
    "We send a code to your e-mail.": CODE,
    "We sent the code to": CODE,
    "Write your e-mail. We send instructions":
        SIGN_IN + "test_new_password_is_offered_to_those_with_an_account_alone",
    "You need no password: a code is sent to this address each time": CODE,
    "You need to do nothing. The entry attached removes the event": CANCELLED,
    "Your account has no e-mail address. Add one: sign-in codes and invitations": CODE,
    "A draft of the reminder was made. Nothing has been sent.": REMINDER,
    "A test was sent to %(email)s.": LETTERS + "test_test_goes_to_oneself_alone",
    "Letters of the network are sent here too": LETTER,
    "Remind those who have not answered": REMINDER,
    "reminder to those who have not answered": REMINDER,
    "The letters are being sent": LETTER,
    "Who comes to the stage before the letter is sent": LETTER,
    "missing: gets no messages":
        NOTIFYING + "test_person_without_an_address_is_registered_and_the_registrar_is_reminded",
}  # fmt: skip
#: They speak of messages and promise none.
NO_PROMISES = {
    "%(count)s letter was not sent",
    "No letter has been sent to the municipality.",
    "Reminder of the decision",
    "reminder",  # beside the subject of one
    "The letter has been sent. It cannot be changed",
    "The letter has not been sent yet.",
    "The season has ended. No letters are sent any more.",
    "Who sees this: the network's coordinators. What a municipality was sent",
    "Ask whoever sent it to you for a new one.",
    "The link that was sent stops working at once",
    "%(name)s in row %(row)d has the same address",
    "%(name)s on the list has the same address",
    "At most %(most)s people at a time.",
    "message",  # a field of the public page
    "sent",
    "Message",
    "So many were sent from your network",
    "Too much was sent at once",
    "Being sent",
    "Fingerprint, face or PIN of your computer or phone.",
    "It was sent to %(theirs)s",
    "It was withdrawn, or replaced by a later one",
    "It worked until %(when)s.",
    "Not sent",
    "Nothing has been made yet.",
    "One draft is removed.",
    "One invitation sent by this person waits",
    "Send the invitation",
    "Sent",
    "Set a password (a code by e-mail is enough without)",
    "The mail could not be sent.",
    "The service could not read what the browser sent.",
    "What the service would have sent",
    "You cannot make an account yourself.",
    "You have sent %(count)d invitations within an hour.",
    "Your organisation's sign-in did not answer as expected.",
}


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    return sorted({text for text, _context in gather() if PROMISING.search(text)})


def test_each_sentence_that_speaks_of_messages_is_known(sentences):
    known = (*PROMISES, *NO_PROMISES)

    assert [text for text in sentences if not text.startswith(known)] == []


def test_each_promise_is_still_made(sentences):
    known = [*PROMISES, *NO_PROMISES]

    assert [begin for begin in known if not any(s.startswith(begin) for s in sentences)] == []


@pytest.mark.parametrize("test", sorted(set(PROMISES.values())))
def test_each_promise_has_its_test(test):
    path, name = test.split("::")

    assert f"\ndef {name}(" in (TESTS / path).read_text()
