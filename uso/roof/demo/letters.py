"""A made-up letter of the season to come, and the draft of its reminder."""

from datetime import datetime

from django.utils import timezone

from municipalities.models import ContactAddress, Municipality, User
from municipalities.shared_mailboxes import save_contact_address
from seasons.actions.sending import remind, save_letter, send_letter
from seasons.enums import ParticipationState
from seasons.models import Letter, Season
from uso.ground.tenancy.crossing import across_municipalities

SUBJECT = {"subject_fi": "Ensi kausi: {kausi}", "subject_sv": "Nästa säsong: {kausi}"}
TEXT = {
    "text_fi": "Hei,\n\nseuraavaa kautta {kausi} valmistellaan. Kunta: {kunta}.\n\nKertoisitteko, kiinnostaako kausi teitä?",
    "text_sv": "Hej!\n\nNästa säsong {kausi} förbereds. Kommun: {kunta}.\n\nKan ni berätta om säsongen intresserar er?",
}
ENGLISH = {"subject_en": "", "text_en": ""}


def load_letters(season: Season, *, by: User, at: datetime) -> None:
    """Write to the registries of those invited, and begin a reminder."""
    with across_municipalities(reason="the demonstration writes to whom it has invited"):
        invited = list(
            Municipality.objects.filter(
                participations__season=season, participations__state=ParticipationState.INVITED
            )
        )
    if not invited or season.has_ended(on=timezone.localdate(at)):
        return
    for place in invited:
        save_contact_address(
            address=ContactAddress(municipality=place),
            email=f"kirjaamo@{place.slug}.example",
            label="Kirjaamo",
            language=place.main_language,
            by=by,
            at=at,
        )
    letter = Letter(season=season, stage=ParticipationState.INVITED)
    save_letter(letter=letter, by=by, **SUBJECT, **TEXT, **ENGLISH)
    send_letter(letter=letter, by=by, at=at)
    letter.refresh_from_db()
    remind(letter=letter, fields=SUBJECT | TEXT | ENGLISH, by=by)
