"""The two commands that make an empty installation usable."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from municipalities.models import Membership, Municipality, User
from seasons.models import Season

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_facts_are_loaded_once():
    first, second = StringIO(), StringIO()

    call_command("load_facts", stdout=first)
    call_command("load_facts", stdout=second)

    assert first.getvalue() == second.getvalue() == "308 municipalities, 4 seasons.\n"
    assert Municipality.objects.count() == 308
    assert sorted(Season.objects.values_list("first_year", flat=True)) == [2017, 2021, 2023, 2025]


def test_first_coordinator_can_act_today():
    call_command("add_coordinator", "anna@uso.example", "Anna", "Alku", stdout=StringIO())
    call_command("add_coordinator", "Anna@uso.example", "Anna", "Alku", stdout=StringIO())

    user = User.objects.get(email="anna@uso.example")
    (role,) = Membership.objects.of(user, on=timezone.localdate())
    assert (role.role, role.municipality) == ("coordinator", None)


def test_no_address_no_coordinator():
    with pytest.raises(CommandError, match=r"'anna' is no e-mail address\."):
        call_command("add_coordinator", "anna", "Anna", "Alku")

    assert User.objects.count() == 0
