"""Who gets what: invoices; money is not for experts (see tests/access.py)."""

from seasons.models import Participation
from tests.access import Arguments, World
from tests.billing.factories import BuyerDetailsFactory, InvoiceFactory, InvoiceLineFactory

#                                nobody coord expert contact leader billing jämsä
TABLE = {
    "billing:list":                  "in  200 403 200 200 200 404",
    "billing:business_id":           "in  200 403 200 403 200 404",
    "billing:buyer_details":         "in  200 403 200 403 200 404",
    "billing:confirm_details":       "POST in -> 403 -> 403 -> 404",
    "billing_network:season":        "in  200 403 403 403 403 403",
    "billing_network:year":          "in  200 403 403 403 403 403",
    "billing_network:drafts":        "in  200 403 403 403 403 403",
    "billing_network:remove_drafts": "in  200 403 403 403 403 403",
}  # fmt: skip


def of_municipality(world: World) -> Arguments:
    BuyerDetailsFactory(municipality=world.municipality, confirmed_by=world.coordinator)
    return {}


def add_row(world: World, n: int) -> None:
    taking_part = Participation.objects.get(season=world.season, municipality=world.municipality)
    invoice = InvoiceFactory(participation=taking_part, year=2030 + n)
    InvoiceLineFactory(invoice=invoice)
