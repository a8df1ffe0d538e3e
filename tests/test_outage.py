"""PostgreSQL cuts its connections, or is away: what people see of it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from psycopg.errors import AdminShutdown, QueryCanceled

from tests.test_tenancy_requests import pool_of
from uso.ground.lib.outage import is_outage
from uso.urls import handler500, urlpatterns  # noqa: F401 -- Django asks the module of addresses
from uso.urls import urlpatterns as of_the_service

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.test_outage"),
]

CUT = "SELECT pg_terminate_backend(%s, 5000)"
asked: list[str] = []


def cut_once(request: HttpRequest) -> HttpResponse:
    """Let the server end this very connection, the first time."""
    asked.append(request.method)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
        if len(asked) == 1:
            cut([pid])
        cursor.execute("SELECT 'well'")
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [path("cut-once/", cut_once), *of_the_service]  # noqa: F811 -- with a view of ours


def cut(pids: list[int]) -> None:
    """End sessions from outside."""
    address = connection.get_connection_params()
    names = ("host", "port", "user", "dbname")
    where = {name: address[name] for name in names if name in address}
    with psycopg.connect(**where, autocommit=True) as other:
        for pid in pids:
            assert other.execute(CUT, [pid]).fetchone() == (True,)


@pytest.fixture
def browser(client_for, kannus_contact) -> Iterator[Client]:
    asked.clear()
    client = client_for(kannus_contact)
    client.raise_request_exception = False
    with pool_of(4):
        yield client


def pids_of_pool() -> list[int]:
    held = [connection.pool.getconn(timeout=60) for _ in range(4)]
    found = [each.info.backend_pid for each in held]
    for each in held:
        connection.pool.putconn(each)
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_cut_pool_is_seen_by_no_request(browser, method):
    browser.get("/account/")
    connection.close()
    cut(pids_of_pool())

    statuses = []
    for _ in range(8):
        statuses.append(getattr(browser, method)("/account/").status_code)
        connection.close()

    assert set(statuses) == {200 if method == "get" else 422}


def test_page_cut_in_the_middle_is_asked_for_once_more(browser):
    answer = browser.get("/cut-once/")

    assert (answer.status_code, answer.content, asked) == (200, b"well", ["GET", "GET"])


def test_change_cut_in_the_middle_is_not_repeated(browser):
    answer = browser.post("/cut-once/")

    assert (answer.status_code, asked) == (503, ["POST"])


def test_service_without_its_database_says_so_plainly_and_when_to_come_back(browser, monkeypatch):
    connection.close()
    connection.close_pool()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "timeout", 0.2)

    answer = browser.get("/account/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Palvelu on hetken poissa" in answer.text
    assert settings.SESSION_COOKIE_NAME in browser.cookies


def caused_by(cause: Exception) -> OperationalError:
    error = OperationalError()
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (caused_by(AdminShutdown()), True),
        (caused_by(psycopg.OperationalError()), True),
        (caused_by(QueryCanceled()), False),
        (DatabaseError(), False),
        (None, False),
    ],
)
def test_other_errors_of_the_database_are_no_outage(error, outage):
    assert is_outage(error) is outage
