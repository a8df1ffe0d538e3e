"""Who is written to of a municipality's place in a season: its contact persons."""

from typing import Any

from django.urls import reverse

from municipalities.enums import Role
from municipalities.models import User
from municipalities.queries import users_in_role
from seasons.models import Participation
from uso.ground.actions import notify


def notify_contact_persons(
    participation: Participation, template: str, *, by: User, occasion: str, **context: Any
) -> None:
    """Write to the municipality's contact persons of today, but for whoever took the step."""
    municipality = participation.municipality
    for reader in users_in_role(Role.CONTACT, municipality=municipality):
        if reader != by:
            notify(
                reader,
                about=participation,
                template=template,
                reply_to=by,
                occasion=occasion,
                season=participation.season,
                municipality=municipality,
                by=by,
                path=reverse("home:municipality", args=[municipality.slug]),
                **context,
            )
