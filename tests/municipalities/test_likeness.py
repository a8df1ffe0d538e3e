"""Who may be one person: what an import asks about is what the list of doubles shows."""

import pytest
from django.utils.translation import override

from municipalities.models import Person
from municipalities.roster.doubles import find_doubles
from municipalities.roster.likeness import MOST_OF_ONE_ADDRESS
from municipalities.roster.matching import Outcome, plan_import
from municipalities.roster.reading import read_people


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def person(pk: int, first: str, last: str, email: str = "m@x.fi", **more) -> Person:
    return Person(pk=pk, first_name=first, last_name=last, email=email, group="office", **more)


def outcome_of(newcomer: Person, roster: list[Person]) -> Outcome:
    names = f"{newcomer.first_name}\t{newcomer.last_name}\t{newcomer.email}"
    table = read_people(f"Etunimi\tSukunimi\tE-mail\n{names}", group="office")
    [row] = plan_import(table, roster).rows
    return row.outcome


def is_shown(newcomer: Person, roster: list[Person]) -> bool:
    return any(newcomer in pair.people for pair in find_doubles([*roster, newcomer]))


@pytest.mark.parametrize(
    ("known", "newcomer"),
    [
        (("Maija", "Virtanen"), ("Maija", "Lahti")),
        (("Maija", "Virtanen"), ("Maija Liisa", "Lahti")),
        (("MAIJA-LIISA", "Virtanen"), ("Maija", "Lahti")),
        (("Örjan", "Åberg"), ("Orjan", "Lund")),
        (("Maija", "Meikäläinen"), ("Maia", "Meikälainen")),
        (("Meikäläinen", "Maija"), ("Maia", "Meikäläinen")),
        (("Maija", "Virtanen"), ("Maija", "Virtanen", "toinen@x.fi")),
        (("Maija", "Virtanen"), ("Virtanen", "Maija", "toinen@x.fi")),
    ],
)
def test_pair_that_is_asked_about_is_shown_as_doubles(known, newcomer):
    roster, one = [person(1, *known)], person(2, *newcomer)

    assert outcome_of(one, roster) == Outcome.ASKED
    assert is_shown(one, roster)


@pytest.mark.parametrize(
    ("known", "newcomer"),
    [
        (("Maija", "Virtanen"), ("Matti", "Korhonen")),
        (("Maija", "Virtanen"), ("Kalle", "Virtanen")),
        (("Liisa Maija", "Virtanen"), ("Maija", "Lahti")),
    ],
)
def test_two_with_one_mailbox_are_not_asked_about_and_not_shown(known, newcomer):
    roster, one = [person(1, *known)], person(2, *newcomer)

    assert outcome_of(one, roster) == Outcome.NEW
    assert not is_shown(one, roster)


def test_names_without_letters_are_no_pair():
    assert find_doubles([person(1, "-", "Testinen"), person(2, "–", "Lahti")]) == []


@pytest.mark.parametrize(("more", "is_asked"), [(0, True), (1, False)])
def test_mailbox_of_many_says_nothing_of_two(more, is_asked):
    others = MOST_OF_ONE_ADDRESS - 2 + more  # beside the two
    crowd = [person(10 + n, f"Q{n}", f"Z{n}") for n in range(others)]
    roster, one = [person(1, "Maija", "Virtanen"), *crowd], person(2, "Maija", "Lahti")

    assert (outcome_of(one, roster) == Outcome.ASKED) == is_asked
    assert is_shown(one, roster) == is_asked


def test_of_two_spellings_with_one_address_whoever_is_on_the_list_is_meant():
    gone = person(1, "Maija", "Meikäläinen", left_on="2026-01-01")
    here = person(2, "Maija", "Meikalainen")
    table = read_people("Etunimi\tSukunimi\tE-mail\nMaija\tMeikäläinen\tm@x.fi", group="office")

    [row] = plan_import(table, [gone, here]).rows

    assert row.person == here


def test_address_of_one_of_two_namesakes_without_addresses_is_not_guessed():
    roster = [person(1, "Maija", "Meikäläinen", ""), person(2, "Maija", "Meikalainen", "")]

    assert outcome_of(person(3, "Maija", "Meikäläinen"), roster) == Outcome.WRONG
