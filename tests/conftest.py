"""Database and people of the tests. Tests run as the application role, under the policies."""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import hypothesis
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from celery import current_app
from django.db import connection, connections
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from municipalities.enums import NETWORK_ROLES, Role
from municipalities.models import Municipality, User
from seasons.models import Season
from tests.clock import NOW
from tests.municipalities.factories import MunicipalityFactory, user_with_role
from tests.seasons.factories import SeasonFactory
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import OWNER_ROLE, scope

# A loaded machine makes an example slow; that is no fault of the code.
hypothesis.settings.register_profile(
    "uso", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("uso")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin each test at one moment, whatever the day; its clock goes on from there."""
    for item in items:
        if not item.get_closest_marker("real_clock"):
            item.add_marker(pytest.mark.time_machine(NOW, tick=True))


@contextmanager
def as_owner() -> Iterator[None]:
    """Use the owner's connection, as migrations do."""
    connections.close_all()
    before = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = OWNER_ROLE
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["USER"] = before


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Create and migrate the test database as the owner, then go on as the application."""
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock(), as_owner():
        configured = setup_databases(
            verbosity=max(request.config.option.verbose, 0), interactive=False, keepdb=keep
        )
    _flush_as_owner()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _end_other_sessions()
            with as_owner():
                teardown_databases(configured, verbosity=0)


def _end_other_sessions() -> None:
    """End what threads of tests left connected: a database in use cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )


def _flush_as_owner() -> None:
    """Let the flush after a transactional test truncate; the application role may not."""
    flush = TransactionTestCase._fixture_teardown

    def flush_as_owner(self: TransactionTestCase) -> None:
        with as_owner():
            flush(self)

    TransactionTestCase._fixture_teardown = flush_as_owner


def url_of_this_database() -> str:
    """Return the address of the test database, for a process a test starts."""
    head, _, tail = os.environ["DATABASE_URL"].rpartition("/")
    query = tail.partition("?")[2]
    return f"{head}/{connection.settings_dict['NAME']}" + (f"?{query}" if query else "")


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
def own_cache(settings) -> None:
    """Rate limits of one test are not another's; the servers' other keys stay as they are."""
    prefix = f"test-{uuid.uuid4().hex}"
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": prefix}}


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
