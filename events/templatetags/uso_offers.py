"""What a municipality reads of an event beside its name: how long it is open, the seats, who is going.

Drawn in Python: ten seasons' list says them of thirty events.
"""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import EventState
from events.models import Seats
from events.queries import Offer
from municipalities.models import Municipality
from uso.ground.lib.dates import moment
from uso.ground.lib.marks import amber, escaped, fill, tag
from uso.ground.lib.templatetags.uso_format import days_left

register = template.Library()


@register.simple_tag
def deadline(offer: Offer) -> SafeString:
    """Draw until when one registers, or that it is over; of a cancelled event that it is cancelled."""
    event = offer.event
    if event.state == EventState.CANCELLED:
        return tag("bad", _("Cancelled"))
    until = moment(event.deadline_at) if event.deadline_at else ""
    if not offer.open:
        return SafeString(escaped(_("Registration ended %(ended)s.") % {"ended": until}))
    words = _("Register by %(until)s (%(left)s).") % {
        "until": until,
        "left": days_left(event.deadline_at),
    }
    return amber(words) if offer.closes_soon else fill("<span>{}</span>", words)


@register.simple_tag
def seats_left(offer: Offer) -> SafeString:
    """Draw how many seats are free, by way of attending."""
    return fill("{} {}", _on_site(offer.in_person), _remotely(offer.remote))


def _on_site(seats: Seats | None) -> str:
    if seats is None:
        return ""
    if seats.left is None:
        return _("On site there is room for everybody.")
    if seats.full:
        return amber(_("Full on site."))
    words = ngettext("%(n)s seat left on site.", "%(n)s seats left on site.", seats.left)
    return words % {"n": seats.left}


def _remotely(seats: Seats | None) -> str:
    if seats is None:
        return ""
    if seats.left is None:
        return _("Remotely there is room for everybody.")
    if seats.full:
        return amber(_("Full remotely."))
    words = ngettext("%(n)s seat left remotely.", "%(n)s seats left remotely.", seats.left)
    return words % {"n": seats.left}


@register.simple_tag
def going(offer: Offer, municipality: Municipality, *, names: bool) -> SafeString:
    """Draw how many of a municipality are going and how, and their names where they are asked for."""
    ours = {"municipality": municipality.name}
    if not offer.going:
        return fill('<p class="quiet">{}</p>', _("%(municipality)s: nobody yet") % ours)
    count = ngettext(
        "%(municipality)s: %(n)s participant",
        "%(municipality)s: %(n)s participants",
        len(offer.going),
    )
    drawn = fill("<p>{}{}</p>", count % {**ours, "n": len(offer.going)}, _ways(offer))
    if not names:
        return drawn
    who = ", ".join(name for name, _registration in offer.names)
    return fill('{}<p class="small quiet">{}</p>', drawn, who)


def _ways(offer: Offer) -> SafeString:
    if not (offer.in_person and offer.remote):
        return SafeString("")
    words = _("%(here)s on site, %(there)s remotely") % {
        "here": offer.going_in_person,
        "there": offer.going_remotely,
    }
    return fill(' <span class="small quiet">({})</span>', words)
