"""What production refuses, and how it keeps cookies and addresses."""

import json
import os
import subprocess
import sys

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from uso.settings import DEMO_KEY

SECRETS = {
    "USO_ENV": "production",
    "USO_SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyzåäö",
    "DATABASE_URL": "postgresql://uso_app@localhost/uso",
    "REDIS_URL": "redis://localhost:6379/0",
    "USO_BASE_URL": "https://uso.example.fi",
    "USO_ALLOWED_HOSTS": "uso.example.fi",
    "USO_EMAIL_URL": "smtp://user:pass@localhost:587",
    "USO_EMAIL_FROM": "USO <uso@example.fi>",
}
DIRECTORY = {
    "id": "kannus",
    "name": "Kannus",
    "server": "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001/v2.0",
    "client_id": "client",
    "secret": "hidden",
    "domains": ["Kannus.fi"],
}


def in_production(code: str, **environment: str | None) -> subprocess.CompletedProcess:
    """Run Python with production's settings; None takes a variable away."""
    given = {k: v for k, v in {**SECRETS, **environment}.items() if v is not None}
    kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG") if k in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**kept, **given, "DJANGO_SETTINGS_MODULE": "uso.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of_production(names: list[str], **environment: str | None) -> dict:
    code = (
        "import json; from uso import settings;"
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    result = in_production(code, **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    "missing",
    [[name for name in SECRETS if name != "USO_ENV"], ["USO_SECRET_KEY"], ["USO_EMAIL_URL"]],
    ids=["everything", "the key", "mail"],
)
def test_production_refuses_to_start_without(missing):
    result = in_production("from uso import settings", **dict.fromkeys(missing))

    assert result.returncode == 1
    assert f"Production needs these environment variables: {', '.join(missing)}." in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"USO_SECRET_KEY": "short"}, "needs 50 random characters"),
        ({"USO_SECRET_KEY": "ab" * 40}, "needs 50 random characters"),
        ({"USO_SECRET_KEY": DEMO_KEY}, "is the demonstration's"),
        ({"USO_SECRET_KEY_FALLBACKS": f"old,{DEMO_KEY}"}, "is the demonstration's"),
    ],
    ids=["short", "repeated", "published", "published earlier"],
)
def test_production_refuses_a_key_that_can_be_guessed(keys, sentence):
    result = in_production("from uso import settings", **keys)

    assert result.returncode == 1
    assert f"USO_SECRET_KEY {sentence}" in result.stderr


@pytest.mark.slow
def test_forgotten_environment_with_a_database_means_production():
    result = in_production("from uso import settings", USO_ENV=None, USO_SECRET_KEY=None)

    assert "USO_SECRET_KEY" in result.stderr


@pytest.mark.slow
def test_production_keeps_its_cookies_and_cannot_waive_the_second_factor():
    expected = {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "LANGUAGE_COOKIE_SECURE": True,
        "DEBUG": False,
        "DEMO": False,
        "REQUIRE_SECOND_FACTOR": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    }

    found = settings_of_production(list(expected), USO_REQUIRE_SECOND_FACTOR="no", USO_DEBUG="yes")

    assert found == expected


@pytest.mark.slow
def test_check_deploy_is_clean():
    result = in_production(
        "import sys; from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )

    assert (result.returncode, result.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    ), result.stderr


@pytest.mark.slow
def test_gallery_is_no_page_of_production():
    result = in_production(
        "import django; django.setup(); from django.urls import is_valid_path as valid;"
        "print(bool(valid('/gallery/')), bool(valid('/theme/')))"
    )

    assert (result.returncode, result.stdout) == (0, "False True\n"), result.stderr


@pytest.mark.slow
def test_directory_of_the_environment_is_signed_in_by():
    found = settings_of_production(
        ["OIDC_DIRECTORIES", "CONTENT_SECURITY_POLICY"],
        USO_OIDC_DIRECTORIES=json.dumps([DIRECTORY]),
    )

    assert found["OIDC_DIRECTORIES"][0]["provider_id"] == "kannus"
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == [
        "'self'",
        "https://login.microsoftonline.com",
    ]


@pytest.mark.slow
def test_provider_that_takes_no_calendar_beside_the_text_sends_it_as_a_file(settings):
    found = settings_of_production(
        ["ANYMAIL", "EMAIL_BACKEND"],
        USO_EMAIL_URL="anymail+postmark:",
        ANYMAIL_POSTMARK_SERVER_TOKEN="token",
    )
    settings.ANYMAIL = found["ANYMAIL"]
    letter = EmailMultiAlternatives("Vahvistus", "Tervetuloa", to=["eero@kannus.example"])
    letter.attach_alternative("BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    letter.attach("uso.ics", b"BEGIN:VCALENDAR", "application/ics; method=REQUEST")

    backend = get_connection(found["EMAIL_BACKEND"])
    payload = backend.build_message_payload(letter, backend.send_defaults)

    assert payload.data["TextBody"] == "Tervetuloa"
    assert [each["Name"] for each in payload.data["Attachments"]] == ["uso.ics"]
