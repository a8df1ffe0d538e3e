"""The service's addresses and some that fail on purpose."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.shortcuts import render
from django.urls import path

from uso.urls import urlpatterns as of_the_service


def failing(error: Exception):
    @login_not_required
    def view(request):
        raise error

    return view


@login_not_required
def too_many(request):
    return render(request, "429.html", status=429)


@login_not_required
def too_old(request):
    return render(request, "403_csrf.html", status=403)


urlpatterns = [
    path("fails/400/", failing(SuspiciousOperation("made up"))),
    path("fails/403/", failing(PermissionDenied())),
    path("fails/500/", failing(RuntimeError("made up"))),
    path("fails/429/", too_many),
    path("fails/403_csrf/", too_old),
    *of_the_service,
]
