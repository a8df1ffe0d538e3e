"""The gallery of components, and the theme a visitor has chosen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from uso.roof.gallery.samples import SAMPLES, sample_form, sample_table

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMMENT = re.compile(r"\{% comment %\}(.*?)\{% endcomment %\}", re.DOTALL)
A_YEAR = 365 * 24 * 60 * 60


class Shown(NamedTuple):
    """One component of the gallery, as its file describes it."""

    name: str
    about: str
    parameters: list[tuple[str, str]]
    example: str
    source: str


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show each component with its parameters, drawn from the components' own comments."""
    table = sample_table(request)
    if table.export:
        return table.response()
    messages.success(request, "7 ilmoittautumista tallennettiin.")
    components = [_shown(path) for path in sorted((TEMPLATES / "components").glob("*.html"))]
    context = {"components": components, "form": sample_form(), "table": table, **SAMPLES}
    return render(request, "gallery/gallery.html", context)


def _shown(path: Path) -> Shown:
    found = COMMENT.search(path.read_text())
    about, *lines = found[1].strip().splitlines() if found else [""]
    parameters = [(name, meaning) for name, _, meaning in (line.partition(": ") for line in lines)]
    example = f"gallery/{path.name}"
    source = (TEMPLATES / example).read_text() if (TEMPLATES / example).exists() else ""
    return Shown(path.stem, about, parameters, example if source else "", source.strip())


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the device's own scheme in a cookie, and go back."""
    chosen, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in {"light", "dark"}:
        secure = request.is_secure()
        response.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
