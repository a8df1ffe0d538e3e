"""Database and people of the tests. Tests run as the application role, under the policies."""

import time
import uuid
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from celery import current_app
from django.db import connection
from django.test import Client
from django.utils import translation

from municipalities.enums import NETWORK_ROLES, Role
from municipalities.models import Municipality, User
from seasons.models import Season
from tests import database
from tests.clock import NOW
from tests.municipalities.factories import MunicipalityFactory, user_with_role
from tests.seasons.factories import SeasonFactory
from uso.ground.lib import queues
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

# A loaded machine makes an example slow; that is no fault of the code.
hypothesis.settings.register_profile(
    "uso", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("uso")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Begin each test at one moment, whatever the day; its clock goes on from there.

    The longest come first, in whatever order the others are, so that none is waited for at the end.
    """
    for item in items:
        if not item.get_closest_marker("real_clock"):
            item.add_marker(pytest.mark.time_machine(NOW, tick=True))
    yield
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Copy the migrated database for this process; the options about re-use are not needed."""
    name = connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        database.make(name)
    database.truncate_after_transactional_tests()
    yield
    with django_db_blocker.unblock():
        database.drop(name)


@pytest.fixture
def network(db: None) -> Iterator[None]:
    """Every municipality's rows are in sight."""
    with across_municipalities(reason="the test looks at the whole network"):
        yield


@pytest.fixture
def kannus(db: None) -> Municipality:
    return MunicipalityFactory(
        code="217",
        slug="kannus",
        name_fi="Kannus",
        genitive_fi="Kannuksen",
        locative_fi="Kannuksessa",
        locative_sure=True,
    )


@pytest.fixture
def jamsa(db: None) -> Municipality:
    return MunicipalityFactory(
        code="182",
        slug="jamsa",
        name_fi="Jämsä",
        genitive_fi="Jämsän",
        locative_fi="Jämsässä",
        locative_sure=True,
    )


@pytest.fixture
def in_kannus(kannus: Municipality) -> Iterator[Municipality]:
    """The scope of Kannus is open."""
    with scope(kannus.pk):
        yield kannus


@pytest.fixture
def season8(db: None) -> Season:
    return SeasonFactory(number=8, first_year=2025, last_year=2026)


@pytest.fixture
def coordinator(db: None) -> User:
    return user_with_role(Role.COORDINATOR, email="koordinaattori@example.fi")


@pytest.fixture
def expert(db: None) -> User:
    return user_with_role(Role.EXPERT, email="asiantuntija@example.fi")


@pytest.fixture
def kannus_contact(kannus: Municipality) -> User:
    return user_with_role(Role.CONTACT, kannus, email="yhdyshenkilo@kannus.example")


@pytest.fixture
def kannus_leader(kannus: Municipality) -> User:
    return user_with_role(Role.LEADER, kannus, email="johtaja@kannus.example")


@pytest.fixture
def kannus_billing(kannus: Municipality) -> User:
    return user_with_role(Role.BILLING, kannus, email="laskut@kannus.example")


@pytest.fixture
def jamsa_contact(jamsa: Municipality) -> User:
    return user_with_role(Role.CONTACT, jamsa, email="yhdyshenkilo@jamsa.example")


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences come as they are written in the code."""
    with translation.override("en"):
        yield


def use_second_factor(client: Client, user: User) -> None:
    """Give somebody an authenticator app, used in this client's session."""
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(user)
    note_sign_in(client, user, "code", "mfa")


def note_sign_in(client: Client, user: User, *methods: str) -> None:
    """Let this client's session have signed in just now, by these methods."""
    session = client.session
    session["account_authentication_methods"] = [{"method": m, "at": time.time()} for m in methods]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture(autouse=True)
def own_language() -> None:
    """Begin in the service's language: a request leaves its reader's behind."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_messages(monkeypatch) -> None:
    """What another test left in the queues is no message of this one's, though ids come again."""
    monkeypatch.setattr(queues, "NAMESPACE_URL", uuid.uuid4())


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser in which somebody has signed in, with a second factor where the role asks it."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        note_sign_in(client, user, "code")
        if user.memberships.filter(role__in=NETWORK_ROLES).exists():
            use_second_factor(client, user)
        return client

    return signed_in


@pytest.fixture
def sent() -> Iterator[None]:
    """Tasks run in this process at once, when the transaction that sends them has committed."""
    current_app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield
    current_app.conf.update(task_always_eager=False, task_eager_propagates=False)
