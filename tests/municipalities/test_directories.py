"""Sign-in by a municipality's directory: existing accounts of its own domains alone."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore

from municipalities.actions import create_account
from municipalities.models import User
from uso.ground.lib.directories import read_directories

pytestmark = pytest.mark.django_db

TEXT = (
    '[{"id": "kannus", "name": "Kannus", "server": "https://login.example/tenant/v2.0",'
    ' "client_id": "c", "secret": "s", "domains": ["kannus.example"]}]'
)


@pytest.fixture
def aino() -> User:
    return create_account(
        email="aino@kannus.example", first_name="Aino", last_name="Malli", language="fi", by=None
    )


@pytest.fixture
def arrive(settings, rf):
    """Come back from the directory with these claims; return the request and its answer."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": read_directories(TEXT)}}

    def come(claims: dict):
        request = rf.get("/accounts/oidc/kannus/login/callback/")
        request.session, request.user = SessionStore(), AnonymousUser()
        request._messages = FallbackStorage(request)
        with request_context(request):
            provider = get_adapter().get_provider(request, "kannus")
            login = provider.sociallogin_from_response(request, {"id_token": claims})
            return request, complete_login(request, login)

    return come


def test_known_address_of_the_domain_signs_in_and_is_connected(aino, arrive):
    request, _answer = arrive({"sub": "1", "email": "Aino@kannus.example", "name": "Aino Malli"})

    assert request.user == aino
    assert SocialAccount.objects.get().user == aino


def test_connected_account_signs_in_after_its_address_has_changed(aino, arrive):
    arrive({"sub": "1", "email": "aino@kannus.example"})
    User.objects.update(email="uusi@kannus.example")
    EmailAddress.objects.update(email="uusi@kannus.example")

    request, _answer = arrive({"sub": "1", "email": "aino@kannus.example"})

    assert request.user == aino


@pytest.mark.parametrize("verified", [True, False])
def test_address_of_another_domain_is_not_believed(arrive, jamsa_contact, verified):
    claims = {"sub": "2", "email": jamsa_contact.email, "email_verified": verified}

    request, answer = arrive(claims)

    assert not request.user.is_authenticated
    assert answer.status_code == 200
    assert not SocialAccount.objects.exists()


def test_unknown_address_makes_no_account(arrive):
    request, _answer = arrive({"sub": "3", "email": "kukalie@kannus.example"})

    assert not request.user.is_authenticated
    assert not User.objects.exists()
