"""Steps of bringing people from a table, as tests take them, and the table they begin with."""

from municipalities.models import Person
from tests.municipalities.factories import PersonFactory
from tests.pressing import carried
from uso.ground.tenancy.scope import scope

PAGE = "/k/kannus/people/import/"
TABLE = (
    "Sukunimi\tEtunimi\tRyhmä\tNimike\tToimielin\tSähköposti\tPuhelin\tKieli\n"
    "Meikäläinen\tMaija\tLuottamushenkilö\tpuheenjohtaja\tkunnanhallitus\tmaija@kannus.example\t040 123 4567\tsuomi\n"
    "Åberg\tÖrjan\tviranhaltija\ttalousjohtaja\t\torjan@kannus.example\t\tsvenska\n"
)


MAIJA = (
    "Maija", "Meikäläinen", "elected", "puheenjohtaja", "kunnanhallitus", "maija@kannus.example",
    "+358401234567", "fi",
)  # fmt: skip
ORJAN = ("Örjan", "Åberg", "office", "talousjohtaja", "", "orjan@kannus.example", "", "sv")


def people_of(municipality) -> list[Person]:
    with scope(municipality.pk):
        return list(Person.objects.order_by("pk"))


def add(municipality, **fields) -> Person:
    with scope(municipality.pk):
        return PersonFactory(municipality=municipality, **fields)


def look(client, rows="", **more):
    return client.post(PAGE, {"rows": rows, **more})


def bring(client, page, rows="", **more):
    """Press the button of a page that was shown."""
    return client.post(PAGE, {"rows": rows, "bring": "1", **carried(page), **more}, follow=True)


def look_and_bring(client, rows, *, group="", **more):
    return bring(client, look(client, rows, group=group), rows, group=group, **more)


def sentences(page, kind="errors") -> list[str]:
    return [
        remark.sentence for row in page.context["plan"].rows for remark in getattr(row.row, kind)
    ]


def facts(person: Person) -> tuple[str, ...]:
    names = ("first_name", "last_name", "group", "title", "body", "email", "phone", "language")
    return tuple(getattr(person, name) for name in names)
