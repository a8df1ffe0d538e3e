"""Two end a role at the same moment."""

import pytest

from municipalities import actions
from municipalities.enums import Role
from municipalities.models import Membership
from tests.clock import TODAY
from tests.municipalities.factories import user_with_role
from tests.racing import ends_of
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def own_warning(user) -> str:
    return actions.warning_of_end(user.memberships.get(), by=user)


def end(membership, *, by, place, **sure):
    def press() -> None:
        if place is None:
            actions.end_membership(membership=membership, by=by, on=TODAY, **sure)
            return
        with scope(place.pk):
            actions.end_membership(membership=membership, by=by, on=TODAY, **sure)

    return press


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CONTACT])
def test_last_two_never_end_each_other(kannus, role, turn):
    place = kannus if role == Role.CONTACT else None
    one, two = user_with_role(role, place), user_with_role(role, place)

    ends = ends_of(
        end(two.memberships.get(), by=one, place=place),
        end(one.memberships.get(), by=two, place=place),
    )

    assert ends == ["RuleViolation", "done"]
    assert Membership.objects.active(on=TODAY).filter(role=role).count() == 1


@pytest.mark.parametrize("turn", range(5))
def test_last_two_never_both_leave_by_the_word_given_to_another_warning(kannus, turn):
    people = [user_with_role(Role.CONTACT, kannus) for _ in range(2)]

    ends = ends_of(
        *(
            end(each.memberships.get(), by=each, place=kannus, sure=True, warned=own_warning(each))
            for each in people
        )
    )

    assert ends == ["RuleViolation", "done"]
