"""How often somebody may try to sign in, so that guessing fails and no stranger keeps a holder out.

Tries at an address are counted by where they come from: a browser that has signed in to that very
account before, or else the network. A stranger uses up the tries of their own network alone. What
all unknown places may try together is limited too, far above what one of them can do; a browser
that is known is not counted there. docs/adr/0008-sign-in.md has the reasons and what was tried.
"""

import ipaddress
import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from municipalities.models import User

SALT = "uso.device"
DEVICE_SECONDS = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 10  # that one browser is known to
IPV6_NETWORK = 48  # what one customer gets at most


def may_try(request: HttpRequest, action: str, email: str) -> bool:
    """Count a try at an address; False where its place, or all unknown ones, have had enough.

    A known browser is not counted among the unknown ones.
    """
    if not ratelimit.consume(request, action=action, key=key_of(request, email)):
        return False
    if _known_device(request, email):
        return True
    return bool(ratelimit.consume(request, action=f"{action}_anywhere", key=email.lower()))


def count_guess(request: HttpRequest, email: str) -> RateLimitUsage | None:
    """Count a password among those of all unknown places, before it is looked at.

    Returns
    -------
    RateLimitUsage or None
        To be rolled back where the password was right, which makes it no guess; None where all of
        them have had enough. A known browser is not counted.
    """
    if _known_device(request, email):
        return RateLimitUsage(usage=[])
    action = "login_failed_anywhere"
    return consume(request, app="allauth.account", action=action, key=email.lower())


def may_write(request: HttpRequest, action: str, email: str) -> bool:
    """Count what a stranger sends: among those of its network, then of the address it names."""
    return bool(
        ratelimit.consume(request, action=action, key=_network(request))
        and ratelimit.consume(request, action=f"{action}_address", key=email.lower())
    )


def may_read(request: HttpRequest, action: str) -> bool:
    """Count what a stranger asks to be worked out, by its network."""
    app, key = "allauth.account", _network(request)
    return consume(request, app=app, action=action, key=key, limit_get=True) is not None


def key_of(request: HttpRequest, email: str) -> str:
    """Return what tries at an address from this place are counted under."""
    return f"{_known_device(request, email) or _network(request)} {email.lower()}"


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser be known as one in which this account has been signed in to."""
    device = _device(request) or {"id": secrets.token_urlsafe(16), "accounts": []}
    others = [pk for pk in device["accounts"] if pk != user.pk]
    device["accounts"] = [user.pk, *others][:MOST_ACCOUNTS]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(device, salt=SALT),
        max_age=DEVICE_SECONDS,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )


def _known_device(request: HttpRequest, email: str) -> str | None:
    device = _device(request)
    if not device:
        return None
    account = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    return f"device {device['id']}" if account in device["accounts"] else None


def _device(request: HttpRequest) -> dict[str, Any] | None:
    """Return what the browser's cookie says, if we signed it."""
    written = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        device: dict[str, Any] = signing.loads(written, salt=SALT, max_age=DEVICE_SECONDS)
    except signing.BadSignature:
        return None
    return device


def _network(request: HttpRequest) -> str:
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
