"""Addresses of e-invoices as Finnish organisations write them. Pure: no database.

An OVT is `0037`, the eight digits of a business id and perhaps up to five signs of a unit. What a
municipality gives may be another address of its operator, so the form is checked here and a
doubtful OVT is told, never refused.
"""

import re
from typing import Final

from django.utils.translation import gettext as _
from stdnum.fi import ytunnus

OVT: Final = re.compile(r"^0037([0-9]{8})[A-Z0-9]{0,5}$")
ADDRESS: Final = r"^[A-Z0-9]{6,35}$"  # Finvoice: ToIdentifier and ToIntermediator
ENDPOINT: Final = r"^[0-9]{4}:[A-Za-z0-9.\-]{1,50}$"
FINNISH_SCHEME: Final = "0216"  # Peppol's code list; 0037 and 0212 were removed in May 2026
REMOVED_SCHEMES: Final = frozenset({"0037", "0212"})


def compact(typed: str) -> str:
    """Write an address without the blanks and hyphens that people read it by.

    Examples
    --------
    >>> compact("0037 0178 4556"), compact("te0037-01784556")
    ('003701784556', 'TE003701784556')
    """
    return re.sub(r"[\s\-‐–−]", "", typed).upper()


def endpoint_of(typed: str) -> str:
    """Write a Peppol address with the scheme of Finnish ones where a bare OVT was typed.

    Examples
    --------
    >>> endpoint_of("0037 0178 4556"), endpoint_of("0216: 003701784556")
    ('0216:003701784556', '0216:003701784556')
    """
    text = re.sub(r"\s", "", typed)
    return f"{FINNISH_SCHEME}:{text}" if OVT.match(text) else text


def business_id_in(address: str) -> str:
    """Return the business id an OVT is made of, as it is written; "" of any other address.

    Examples
    --------
    >>> business_id_in("00370178455612"), business_id_in("TE003701784556")
    ('0178455-6', '')
    """
    found = OVT.match(address)
    return f"{found[1][:7]}-{found[1][7]}" if found else ""


def doubt_about(address: str, business_id: str) -> str:
    """Say what makes an OVT doubtful; "" where nothing does.

    Parameters
    ----------
    address
        In its compact form.
    business_id
        The municipality's, as it is written; "" where it is not known.
    """
    inside = business_id_in(address)
    if not inside:
        return ""
    if not ytunnus.is_valid(inside):
        return _(
            "%(address)s looks like an OVT, but the business ID in it, %(inside)s, has a wrong check digit. Look at it again."
        ) % {"address": address, "inside": inside}
    if business_id and inside != business_id:
        return _(
            "%(address)s is made of the business ID %(inside)s, the municipality's is %(own)s. If it is that of a company of the municipality, all is well."
        ) % {"address": address, "inside": inside, "own": business_id}
    return ""
