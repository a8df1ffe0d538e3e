"""The personal link by which an invited municipality reads its paper without an account.

It is signed and names a place on a season's list and which link to it it is: a renewed one makes
those before it worthless. It ends with the season.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from seasons.models import Participation
from seasons.queries import place_of

SIGNER: Final = Signer(sep=".", salt="uso.board_paper")


@dataclass(frozen=True, slots=True)
class _Named:
    participation_id: int
    link: int


def path_of(participation: Participation) -> str:
    """Return the address of the paper for whoever has no account; needs season and municipality."""
    token = SIGNER.sign(f"{participation.pk}-{participation.paper_link}")
    return reverse("brochure:paper", args=[participation.season.number, token])


def address_of(participation: Participation) -> str:
    """Return the whole address, to be copied into a mail."""
    return f"{settings.BASE_URL}{path_of(participation)}"


def opens_to_anybody(participation: Participation, *, on: date) -> bool:
    """Whether a link to the place works: its season is published and goes on."""
    season = participation.season
    return not season.is_draft and not season.has_ended(on=on)


def opened_by(token: str, number: int, *, on: date) -> Participation | None:
    """Find the place that a link opens; None where the link is altered, renewed or too old."""
    named = _read(token)
    found = place_of(named.participation_id) if named else None
    if found is None or named is None or found.season.number != number:
        return None
    return found if found.paper_link == named.link and opens_to_anybody(found, on=on) else None


def _read(token: str) -> _Named | None:
    try:
        signed = SIGNER.unsign(token)
    except BadSignature:
        return None
    parts = re.fullmatch(r"(\d+)-(\d+)", signed, re.ASCII)
    return _Named(int(parts[1]), int(parts[2])) if parts else None
