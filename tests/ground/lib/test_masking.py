"""Logs and error reports name an invitation's page, never the token that opens it."""

import logging
import os
import runpy
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response
from django.utils.module_loading import import_string
from gunicorn.config import Config

from uso.ground.lib.masking import mask, mask_report

TOKEN = "oDx8-k_Zq2"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"GET /invitation/{TOKEN}/ HTTP/1.1", "GET /invitation/…/ HTTP/1.1"),
        (f"/accounts/login/?next=/invitation/{TOKEN}/&a=b", "/accounts/login/?next=/invitation/…/&a=b"),
        (f"/login/?next=%2Finvitation%2F{TOKEN}%2F", "/login/?next=%2Finvitation%2F…%2F"),
        (f"/login/?next=%2finvitation%2f{TOKEN}%2f", "/login/?next=%2finvitation%2f…%2f"),
        (f"/invitation/{TOKEN}%2Dx/", "/invitation/…/"),
        ("GET /uso8/paper/12-1.aB_c-d/?lang=sv", "GET /uso8/paper/…/?lang=sv"),
        ("GET /seasons/8/members/kannus/paper/link/", "GET /seasons/8/members/kannus/paper/link/"),
        ("GET /k/kannus/contacts/invitations/12/", "GET /k/kannus/contacts/invitations/12/"),
    ],
)  # fmt: skip
def test_token_is_masked_in_a_line(text, masked):
    assert mask(text) == masked


@pytest.fixture
def weblog(capsys):
    """Gunicorn's logger as `gunicorn.conf.py` has it, writing to standard output."""
    config = Config()
    config.set("accesslog", "-")
    config.set("errorlog", "-")
    yield runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))["logger_class"](config)
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).filters.clear()


def test_token_is_in_no_line_of_gunicorn(weblog, capsys):
    path = f"/invitation/{TOKEN}/"
    environ = {
        "REQUEST_METHOD": "POST", "RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://uso.example.fi{path}",
    }  # fmt: skip
    response = SimpleNamespace(status="200 OK", sent=10, headers=[])

    weblog.access(response, SimpleNamespace(headers=[]), environ, timedelta(0))
    weblog.error("Error handling request %s", path)

    written = "".join(capsys.readouterr())
    assert written.count("/invitation/…/") == 3
    assert TOKEN not in written


def test_token_is_in_no_line_of_the_application():
    """Django tells each refused request with its path, and adds the request itself."""
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(formatter.format(record))
    made = dict(settings.LOGGING["formatters"]["lines"])
    formatter = import_string(made.pop("()"))(**made)
    request = RequestFactory().post(f"/invitation/{TOKEN}/")
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)

    log_response("Forbidden: %s", request.path, request=request, response=HttpResponse(status=403))

    logger.removeHandler(handler)
    assert lines[0].count("/invitation/…/") == 2
    assert TOKEN not in lines[0]


def test_token_is_in_no_error_report():
    report = {"request": {"url": f"https://uso.example.fi/invitation/{TOKEN}/"}, "level": ["error"]}

    assert mask_report(report, {}) == {
        "request": {"url": "https://uso.example.fi/invitation/…/"},
        "level": ["error"],
    }


FAILING_VIEW = f"""
import django, sentry_sdk
django.setup()
sentry_sdk.get_client().transport.capture_envelope = lambda sent: print(sent.serialize().decode())
from unittest import mock
from django.test import Client
with mock.patch("municipalities.actions.hash_token", side_effect=RuntimeError("a fault")):
    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    client.post("/invitation/{TOKEN}/", {{"first_name": "Uuno"}})
"""


@pytest.mark.slow
def test_error_report_holds_no_arguments_and_no_forms():
    """A view's arguments hold the token by itself, a form the name of whoever filled it in."""
    shown = subprocess.run(
        [sys.executable, "-c", FAILING_VIEW],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
        env={**os.environ, "SENTRY_DSN": "http://key@localhost:9/1"},
    )  # fmt: skip

    assert "a fault" in shown.stdout
    assert TOKEN not in shown.stdout
    assert "Uuno" not in shown.stdout


@pytest.mark.slow
def test_gunicorn_reads_its_file_by_itself():
    """As the image and the demonstration start it: from the root of the sources."""
    shown = subprocess.run(
        [Path(sys.executable).with_name("gunicorn"), "--print-config", "uso.wsgi"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "MaskingLogger" in shown.stdout
