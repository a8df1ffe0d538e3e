"""The three people of the demonstration that a visitor signs in as."""

from typing import NamedTuple

from municipalities.enums import Role

PASSWORD = "siiloista-silloille"  # noqa: S105 -- the demonstration's, printed at each start


class SignIn(NamedTuple):
    """A made-up person with a role; `code` is the municipality's, empty for the network's."""

    email: str
    first_name: str
    last_name: str
    role: Role
    code: str
    what: str


SIGN_INS = (
    SignIn(
        "koordinaattori@uso.example", "Katri", "Koordinaattori", Role.COORDINATOR, "", "coordinator"
    ),
    SignIn(
        "yhdyshenkilo@kannus.example",
        "Yrjö",
        "Yhdyshenkilö",
        Role.CONTACT,
        "217",
        "contact person of Kannus",
    ),
    SignIn("johtaja@kannus.example", "Jaana", "Johtaja", Role.LEADER, "217", "leader of Kannus"),
)


def lines(base_url: str) -> list[str]:
    """Say who may sign in and how, for the terminal."""
    width = max(len(person.email) for person in SIGN_INS)
    return [
        *(f"  {person.email:{width}}  {person.what}" for person in SIGN_INS),
        f"  password of each: {PASSWORD}",
        f"  e-mailed codes and all other mail: {base_url}/demo/mail/",
    ]
