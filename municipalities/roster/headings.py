"""What a column of a table of people may be called, and the words in its cells, in three languages."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.enums import Group, Language


class Part(models.TextChoices):
    """What a column of a table of people holds."""

    KEY = "key", _("Key")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    NAME = "name", _("Name")
    GROUP = "group", _("Group")
    TITLE = "title", _("Title or position")
    BODY = "body", _("Body")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    LANGUAGE = "language", _("Language")


class Order(models.TextChoices):
    """Which name comes first where no heading says so."""

    GUESSED = "", _("As it looks")
    FIRST_NAME = "first", _("First name, last name")
    LAST_NAME = "last", _("Last name, first name")


def folded(text: str) -> str:
    """Return a text in small plain letters, one blank between words: what names are compared by.

    >>> folded("MEIKÄLÄINEN-Åberg  Søren"), folded("E-post:")
    ('meikalainen aberg soren', 'e post')
    """
    small = text.casefold().translate(_PLAIN)
    plain = (
        each for each in unicodedata.normalize("NFKD", small) if not unicodedata.combining(each)
    )
    return " ".join(re.sub(r"\W|_", " ", "".join(plain)).split())


_PLAIN: Final = str.maketrans(
    {"ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    return {folded(word): part for part, line in words.items() for word in line.split(",")}


_HEADINGS: Final = _by_word(
    {
        Part.KEY: "tunniste,nyckel,key,id",
        Part.FIRST_NAME: "etunimi,etunimet,kutsumanimi,förnamn,tilltalsnamn,first name,firstname,given name",
        Part.LAST_NAME: "sukunimi,efternamn,släktnamn,last name,lastname,surname,family name",
        Part.NAME: "nimi,henkilö,henkilön nimi,koko nimi,osallistuja,sukunimi ja etunimi,etunimi ja sukunimi,"
        "sukunimi etunimi,etunimi sukunimi,namn,person,deltagare,för- och efternamn,efternamn och förnamn,"
        "name,full name,participant",
        Part.GROUP: "ryhmä,grupp,group,luottamushenkilö/viranhaltija,luottamushenkilö vai viranhaltija",
        Part.TITLE: "titteli,nimike,virkanimike,tehtävänimike,ammattinimike,tehtävä,asema,virka,rooli,"
        "nimike tai tehtävä,nimike tai asema,titel,befattning,tjänst,uppdrag,roll,titel eller uppdrag,"
        "titel eller ställning,title,position,role,title or position,job title",
        Part.BODY: "toimielin,toimielimet,luottamuselin,elin,lautakunta,organ,förtroendeorgan,nämnd,body,committee",
        Part.EMAIL: "sähköposti,sähköpostiosoite,s-posti,sposti,sposti osoite,e-post,epost,e-postadress,mejl,"
        "email,e-mail,email address,e-mail address,mail",
        Part.PHONE: "puhelin,puhelinnumero,puh,puh nro,gsm,matkapuhelin,telefon,telefonnummer,tel,mobil,"
        "mobiltelefon,phone,phone number,telephone,mobile",
        Part.LANGUAGE: "kieli,asiointikieli,äidinkieli,språk,modersmål,language",
    }
)
_GROUPS: Final = _by_word(
    {
        Group.ELECTED: "luottamushenkilö,luottamushenkilöt,luottamushlö,lh,valtuutettu,valtuutetut,"
        "förtroendevald,förtroendevalda,ledamot,fullmäktigeledamot,elected,elected official,"
        "elected officials,councillor,councillors",
        Group.OFFICE: "viranhaltija,viranhaltijat,vh,työntekijä,henkilöstö,tjänsteinnehavare,tjänsteman,"
        "tjänstemän,anställd,office,office holder,office holders,officer,employee",
    }
)
_LANGUAGES: Final = _by_word(
    {
        Language.FINNISH: "suomi,fi,fin,suomenkielinen,finska,finnish",
        Language.SWEDISH: "ruotsi,sv,se,swe,ruotsinkielinen,svenska,swedish",
        Language.ENGLISH: "englanti,en,eng,englanninkielinen,engelska,english",
    }
)
_BODIES: Final = re.compile(
    r"valtuusto|hallitus|lautakunta|jaosto|toimikunta|neuvosto|johtoryhma"
    r"|fullmaktige|styrelse|namnd|sektion|kommitte|ledningsgrupp"
    r"|council|board|committee|management team"
)


def part_of(heading: str) -> str:
    """Return what a column is by its heading; empty where it is none that is known.

    >>> [str(part_of(each)) for each in ("E-mail: ", "Sukunimi", "Kengännumero")]
    ['email', 'last_name', '']
    """
    return _HEADINGS.get(folded(heading), "")


def group_of(words: str) -> str:
    """Return the group that words name, empty for none: `Viranhaltijat` is `office`."""
    return _GROUPS.get(folded(words), "")


def language_of(words: str) -> str:
    """Return the language that words name, empty for none: `svenska` is `sv`."""
    return _LANGUAGES.get(folded(words), "")


def names_body(words: str) -> bool:
    """Say whether words look like the name of a body, such as `Kunnanhallitus`."""
    return _BODIES.search(folded(words)) is not None


def order_of(heading: str) -> str:
    """Return which name a heading of whole names has first; empty where it does not say.

    >>> order_of("Sukunimi ja etunimi"), order_of("För- och efternamn"), order_of("Nimi")
    ('last', 'first', '')
    """
    first_word = folded(heading).partition(" ")[0]
    return str(_ORDERS.get(first_word, ""))


_ORDERS: Final[Mapping[str, str]] = {
    "sukunimi": Order.LAST_NAME,
    "efternamn": Order.LAST_NAME,
    "etunimi": Order.FIRST_NAME,
    "for": Order.FIRST_NAME,
}
