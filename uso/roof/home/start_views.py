"""The first page after sign-in, by role."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from municipalities.access import requires
from municipalities.enums import NETWORK_ROLES
from municipalities.requests import Request
from uso.roof.home import rules
from uso.roof.home.queries.start import current_season_number, own_municipalities


@requires(rules.is_anybody)
def start(request: Request) -> HttpResponse:
    """Lead to the day's board, to one's municipality, or to a choice of them."""
    if request.roles & NETWORK_ROLES:
        number = current_season_number()
        if number is None:
            return redirect("seasons_network:list")
        return redirect("home_network:today", number=number)
    own = own_municipalities(request.memberships)
    if len(own) == 1:
        return redirect("home:municipality", slug=own[0].slug)
    if own:
        return render(request, "home/choose.html", {"own": own})
    return render(request, "home/no_role.html")
