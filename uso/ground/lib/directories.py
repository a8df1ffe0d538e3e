"""User directories of municipalities that sign people in by OpenID Connect (Entra ID and others)."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# Entra's shared endpoints sign in anybody's directory, in which any address can be claimed.
SHARED_TENANTS = {"common", "organizations", "consumers"}
NEEDED = ("id", "name", "server", "client_id", "secret", "domains")


def read_directories(text: str) -> list[dict[str, Any]]:
    """Turn the environment's JSON into allauth's list of apps.

    Parameters
    ----------
    text
        JSON list of objects with `id`, `name`, `server`, `client_id`, `secret` and `domains`;
        empty for none. A directory may vouch for addresses of its own `domains` alone.

    Returns
    -------
    list of dict
        One app each, as `SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]` wants them.

    Raises
    ------
    ImproperlyConfigured
        If the text is no such list, or a server is one of Entra's shared tenants.
    """
    if not text.strip():
        return []
    try:
        listed = json.loads(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"USO_OIDC_DIRECTORIES is not JSON: {error}") from None
    if not isinstance(listed, list):
        raise ImproperlyConfigured("USO_OIDC_DIRECTORIES must be a JSON list.")
    return [_app(each) for each in listed]


def origins_of(apps: list[dict[str, Any]]) -> list[str]:
    """List the origins a sign-in form is redirected to, for the content security policy."""
    servers = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return sorted({f"{server.scheme}://{server.netloc}" for server in servers})


def _app(given: Any) -> dict[str, Any]:
    missing = [name for name in NEEDED if not (isinstance(given, dict) and given.get(name))]
    if missing:
        raise ImproperlyConfigured(f"A directory of USO_OIDC_DIRECTORIES lacks {missing}.")
    server = urlsplit(given["server"])
    if server.scheme != "https" or SHARED_TENANTS & set(server.path.split("/")):
        raise ImproperlyConfigured(
            f"Directory {given['id']}: the server must be https and one municipality's own tenant."
        )
    return {
        "provider_id": given["id"],
        "name": given["name"],
        "client_id": given["client_id"],
        "secret": given["secret"],
        "settings": {
            "server_url": given["server"],
            "oauth_pkce_enabled": True,
            "email_authentication": True,
            "verified_email": [domain.lower() for domain in given["domains"]],
        },
    }
