"""User directories as the environment names them, read into what allauth wants."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from uso.ground.lib.directories import NEEDED, origins_of, read_directories

DIRECTORY = {
    "id": "kannus",
    "name": "Kannus",
    "server": "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001/v2.0",
    "client_id": "client",
    "secret": "hidden",
    "domains": ["Kannus.fi"],
}


def read(**change: object) -> list[dict]:
    return read_directories(json.dumps([{**DIRECTORY, **change}]))


@pytest.mark.parametrize("text", ["", " \n", "[]"])
def test_no_directory_is_none(text):
    assert read_directories(text) == []
    assert origins_of([]) == []


def test_directory_vouches_for_its_own_domains():
    assert read() == [
        {
            "provider_id": "kannus",
            "name": "Kannus",
            "client_id": "client",
            "secret": "hidden",
            "settings": {
                "server_url": DIRECTORY["server"],
                "oauth_pkce_enabled": True,
                "email_authentication": True,
                "verified_email": ["kannus.fi"],
            },
        }
    ]


def test_origins_are_those_of_the_servers_each_once():
    other = read(server="https://kirjaudu.jamsa.example:8443/oidc")

    assert origins_of([*read(), *other, *read(id="toinen")]) == [
        "https://kirjaudu.jamsa.example:8443",
        "https://login.microsoftonline.com",
    ]


@pytest.mark.parametrize("name", NEEDED)
def test_directory_that_lacks_something_is_named(name):
    with pytest.raises(ImproperlyConfigured, match=f"lacks \\['{name}'\\]"):
        read(**{name: ""})


@pytest.mark.parametrize(
    "server",
    [
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0",
        "https://login.microsoftonline.com/consumers/v2.0",
        "http://login.kannus.example/",
    ],
)
def test_server_that_signs_in_anybody_is_refused(server):
    with pytest.raises(ImproperlyConfigured, match="Directory kannus: the server must be https"):
        read(server=server)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ('{"id": "kannus"}', "must be a JSON list"),
        ("1", "must be a JSON list"),
        ('["kannus"]', "lacks"),
    ],
)
def test_text_that_is_no_list_of_directories_is_refused(text, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        read_directories(text)
