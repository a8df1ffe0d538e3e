"""Pages of one's own account, and the one an invitation's link opens."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from municipalities import actions, queries, rules
from municipalities.access import requires
from municipalities.forms import UserForm
from municipalities.models import Invitation, User
from municipalities.requests import Request
from uso.ground.drawn_rows import drawn_for
from uso.ground.lib import pages

STATUS = {"unknown": 404, "used": 410, "withdrawn": 410, "expired": 410}


@requires(rules.anyone)
def second_factor(request: Request) -> HttpResponse:
    """Say that the role asks for a second factor, and offer the ways to it."""
    return render(request, "municipalities/second_factor.html")


@requires(rules.anyone)
def account(request: Request) -> HttpResponse:
    """Show and change one's name and language; lead to the ways of signing in."""
    drawn = drawn_for(request.user, *UserForm.Meta.fields)
    form = UserForm(pages.sent(request), instance=request.user)
    if pages.save(request, form, actions.save_profile, _saved_in_the_language_of, drawn):
        return redirect("people_network:account")
    context = {"form": form, "directories": settings.OIDC_DIRECTORIES}
    return pages.show(request, "municipalities/account.html", context, form)


def _saved_in_the_language_of(user: User) -> str:
    translation.activate(user.language)
    return _("Changes saved.")


@login_not_required
def accept(request: Request, token: str) -> HttpResponse:
    """Open an invitation: refuse it by reason, or ask for a name and accept it.

    A look changes nothing (mail scanners open links); only the button does.
    """
    invitation = (
        Invitation.objects.filter(token_hash=actions.hash_token(token))
        .select_related("municipality", "invited_by")
        .first()
    )
    state = queries.invitation_state(invitation, at=timezone.now())
    if invitation is None or state != "open":
        context = {"state": state, "invitation": invitation}
        return render(request, "municipalities/no_invitation.html", context, status=STATUS[state])
    if request.user.is_authenticated and request.user.email.lower() != invitation.email:
        return render(
            request, "municipalities/other_address.html", {"invitation": invitation}, status=403
        )
    return _accept(request, invitation)


def _accept(request: Request, invitation: Invitation) -> HttpResponse:
    known = User.objects.filter(email__iexact=invitation.email).first()
    if known and known.is_active and not request.user.is_authenticated:
        return _sign_in_first(request)
    sent = pages.sent(request)
    form: forms.BaseForm = forms.Form(sent)  # whoever has an account needs but a press
    if known is None:
        form = UserForm(sent, initial={"language": invitation.language})
    said = _("The invitation is accepted.")
    if done := pages.save(
        request,
        form,
        actions.accept_invitation,
        said,
        invitation=invitation,
        at=timezone.now(),
    ):
        return _welcome(request, done.result)
    context = {"invitation": invitation, "form": form}
    return pages.show(request, "municipalities/accept.html", context, form)


def _sign_in_first(request: Request) -> HttpResponse:
    """Lead to the sign-in and back: a mailed link opens no account there is already."""
    messages.info(request, actions.sign_in_first())
    return redirect_to_login(request.path)


def _welcome(request: Request, user: User) -> HttpResponse:
    """Sign in to the account just made by the mailed link; lead on whoever had signed in."""
    if request.user.is_authenticated:
        return redirect("home_network:start")
    record_authentication(request, user, method="code", email=user.email)
    return perform_login(request, user)
