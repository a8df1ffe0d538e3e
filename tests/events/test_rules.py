"""Of one event: who may edit, publish and cancel it, and until when."""

from datetime import timedelta

import pytest

from events import rules
from events.enums import EventState
from events.models import Event
from municipalities.enums import Role, Roles
from tests.clock import NOW


def event(state: EventState, starts_at=NOW + timedelta(days=1)) -> Event:
    return Event(state=state, starts_at=starts_at)


def may(role: Role, shown: Event) -> list[str]:
    roles = Roles({role})
    asked = {
        "edit": rules.can_edit(roles, shown),
        "publish": rules.can_publish(roles, shown),
        "cancel": rules.can_cancel(roles, shown, at=NOW),
    }
    return [step for step, allowed in asked.items() if allowed]


@pytest.mark.parametrize(
    ("shown", "steps"),
    [
        (event(EventState.DRAFT), ["edit", "publish"]),
        (event(EventState.DRAFT, starts_at=None), ["edit", "publish"]),
        (event(EventState.PUBLISHED), ["edit", "cancel"]),
        (event(EventState.PUBLISHED, starts_at=NOW), ["edit"]),
        (event(EventState.CANCELLED), []),
    ],
)
def test_coordinator_may_what_the_state_and_the_hour_allow(shown, steps):
    assert may(Role.COORDINATOR, shown) == steps


@pytest.mark.parametrize("state", EventState)
@pytest.mark.parametrize("role", [Role.EXPERT, Role.CONTACT, Role.LEADER, Role.BILLING])
def test_nobody_else_may_change_an_event(role, state):
    assert may(role, event(state)) == []
