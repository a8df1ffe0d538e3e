"""Sign-in: what we ask of allauth, the language of whoever signed in, the second factor.

docs/adr/0008-sign-in.md says why. allauth finds the adapters through the settings.
"""

import base64
import ipaddress
import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from anymail.exceptions import AnymailError
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.mail import get_connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities import limits
from municipalities.models import User
from municipalities.requests import Request
from municipalities.rules import needs_second_factor
from municipalities.sessions import page_of, sent_to

logger = logging.getLogger(__name__)

UNKNOWN = "account/email/unknown_account"  # allauth's mail to an address without an account
WRONG_CODE = gettext_lazy("This code is not right. Check it, or ask for a new one.")
REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Only the invited have accounts; mails speak the recipient's language."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def is_open_for_signup(self, request: Request) -> bool:
        """Nobody signs up: accounts come from invitations."""
        return False

    def get_client_ip(self, request: Request) -> str:
        """Return where a request comes from; IPv4 written as IPv6 is no network of its own."""
        address = ipaddress.ip_address(super().get_client_ip(request))
        return str(getattr(address, "ipv4_mapped", None) or address)

    def pre_login(self, request: Request, user: User, **kwargs: Any) -> HttpResponse | None:
        """Take an account's address as proved: invitations and operators alone write it."""
        if not EmailAddress.objects.filter(user=user).exists():
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: Request, user: User, **given: Any) -> HttpResponse:
        """Remember the browser: its tries at this account are counted by themselves from now on."""
        answer: HttpResponse = super().post_login(request, user, **given)
        limits.remember_device(request, answer, user)
        return answer

    def _get_login_attempts_cache_key(self, request: Request, **credentials: Any) -> str:
        """Count wrong passwords by address and place (called by allauth alone)."""
        return limits.key_of(request, credentials.get("email", ""))

    def pre_authenticate(self, request: Request, **credentials: Any) -> None:
        """Refuse what goes beyond the limits before the password is looked at."""
        super().pre_authenticate(request, **credentials)
        self._guess = limits.count_guess(request, credentials.get("email", ""))
        if self._guess is None:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: Request, **credentials: Any) -> User | None:
        """Look at a password; a right one is no guess and is not counted as one."""
        user: User | None = super().authenticate(request, **credentials)
        if user and self._guess:
            self._guess.rollback()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a sign-in mail at once: it holds a code, which the outbox must not keep.

        Nobody without an account is written to. The mail server is connected to all the same, so
        that both take about as long and a server that is away is told alike.
        """
        try:
            if template_prefix == UNKNOWN:
                with get_connection():
                    return
            with translation.override(_language_of(email)):
                super().send_mail(template_prefix, email, context)
        except (OSError, AnymailError):
            logger.exception("sign-in mail not sent")
            if "code" in context or template_prefix == UNKNOWN:  # somebody waits for it
                messages.error(self.request, _("The mail could not be sent. Try again soon."))
                raise ImmediateHttpResponse(redirect("account_login")) from None

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Count a sign-in of the last minutes; whoever has only codes signs in again after that."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        if _signed_in_recently(self.request):
            return False
        if not self.get_reauthentication_methods(self.request.user):
            raise ImmediateHttpResponse(_sign_in_again(self.request))
        return True


def _language_of(email: str) -> str:
    known = User.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return known or translation.get_language() or settings.LANGUAGE_CODE


def _signed_in_recently(request: Request) -> bool:
    records = get_authentication_records(request, request.user)
    if _has_factor(request.user):
        records = [record for record in records if record["method"] == "mfa"]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def _sign_in_again(request: Request) -> HttpResponse:
    logout(request)
    messages.info(request, _("Sign in again before you change how you sign in."))
    query = urlencode({REDIRECT_FIELD_NAME: page_of(request)})
    return redirect(f"{reverse('account_login')}?{query}")


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """A municipality's directory opens existing accounts of its own domains alone."""

    def is_open_for_signup(self, request: Request, sociallogin: Any) -> bool:
        """Nobody signs up: accounts come from invitations."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Ask the domain: a directory may claim any address as verified."""
        return bool(
            self.is_email_verified(login.provider, email)
            and super().can_authenticate_by_email(login, email)
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys of authenticator apps and recovery codes are stored encrypted."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Encrypt with a key derived from SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt, with an earlier key where SECRET_KEY_FALLBACKS names it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    secrets: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([_fernet(secret) for secret in secrets])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"uso second factors").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


class LanguageMiddleware:
    """Speak the language of whoever signed in; keep what they choose in the menu."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Activate the user's language, and let language and cookie follow each other."""
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        response = self.get_response(request)
        if request.user.is_authenticated:
            _keep_language(request, response)
        return response


def _keep_language(request: Request, response: HttpResponse) -> None:
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen and chosen.value != request.user.language:
        request.user.language = chosen.value
        request.user.save(update_fields=["language"])
    elif request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != request.user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.user.language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )


ALWAYS_OPEN = {"healthz", "set_language", "theme", "account_logout", "account_reauthenticate"}
CHALLENGE = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
ACTIVATION = {
    "people_network:second_factor",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
}


class SecondFactorMiddleware:
    """Let coordinators and experts in only after a second factor in this session.

    Without one they come to its activation; with one that this session has not seen, to its
    question. Everything else waits.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Do nothing here: the address is known in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send whoever needs a second factor and has not used it to where that is mended."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not settings.REQUIRE_SECOND_FACTOR or not needs_second_factor(request.roles):
            return None
        if name in ALWAYS_OPEN:
            return None
        if not _has_factor(request.user):
            return None if name in ACTIVATION else redirect("people_network:second_factor")
        if _used_factor(request, request.user) or name in CHALLENGE:
            return None
        return _challenge(request)


def _has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=REAL_FACTORS).exists())


def _used_factor(request: Request, user: User) -> bool:
    return any(r["method"] == "mfa" for r in get_authentication_records(request, user))


def _challenge(request: Request) -> HttpResponse:
    app = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    query = urlencode({REDIRECT_FIELD_NAME: page_of(request)})
    page = reverse("mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn")
    return sent_to(request, f"{page}?{query}")


def count_first_factor_as_used(
    *, request: Request, user: User, authenticator: Authenticator, **_rest: Any
) -> None:
    """Count the code or key that activated somebody's first factor as its use in this session.

    A further factor proves nothing about the first: the session must have seen that one.
    """
    others = Authenticator.objects.filter(user=user, type__in=REAL_FACTORS)
    if authenticator.type in REAL_FACTORS and not others.exclude(pk=authenticator.pk).exists():
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=str(authenticator.type)
        )
