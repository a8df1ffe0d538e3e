"""Placeholders of letters: what may stand in the braces of a text, and what is put there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from seasons.board_paper.link import address_of
from seasons.models import Letter
from seasons.queries import Member
from uso.ground.lib.languages import localized
from uso.ground.lib.money import cents_of, euros, number


class Placeholder(models.TextChoices):
    """What a coordinator types between braces; the same words in every language of a letter."""

    MUNICIPALITY = "kunta", _("name of the municipality")
    FEE = "maksu", _("annual fee")
    TIER = "maksuluokka", _("fee tier")
    POPULATION = "väkiluku", _("population that decides the fee")
    YEAR = "vuosi", _("year of that population")
    PAPER = "päätöspohja", _("the municipality's link to the paper for its board")
    SEASON = "kausi", _("season and its years")
    PAGE = "kausisivu", _("address of the season's public page")

    @property
    def typed(self) -> str:
        """As it stands in a text."""
        return f"{{{self.value}}}"


BRACES: Final = re.compile(r"\{([^{}]*)\}")
OF_THE_FEE: Final = frozenset(
    {Placeholder.FEE, Placeholder.TIER, Placeholder.POPULATION, Placeholder.YEAR}
)
OF_A_PUBLISHED_SEASON: Final = frozenset({Placeholder.PAPER, Placeholder.PAGE})
LONGEST_SUBJECT: Final = 200


@dataclass(frozen=True)
class Written:
    """A letter as one recipient reads it."""

    subject: str
    text: str


def unknown(text: str) -> list[str]:
    """List what stands in braces and is no placeholder, and braces that are left open.

    Examples
    --------
    >>> unknown("Hyvä {kunta}, {kunat}"), unknown("Hyvä {kunta"), unknown("Hyvä {kunta}")
    (['{kunat}'], ['{'], [])
    """
    wrong = [f"{{{name}}}" for name in BRACES.findall(text) if name not in Placeholder.values]
    return wrong + [brace for brace in "{}" if brace in BRACES.sub("", text)]


def used_in(text: str) -> set[str]:
    """Return the placeholders that a text has."""
    return set(BRACES.findall(text)) & set(Placeholder.values)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values into a text; they are taken as they are.

    Examples
    --------
    >>> fill("Hyvä {kunta}!", {"kunta": "{maksu}"})
    'Hyvä {maksu}!'
    """
    return BRACES.sub(lambda found: values[found[1]], text)


def language_of(letter: Letter, wanted: str) -> str:
    """Return the language a recipient is written in: theirs, where the letter has it."""
    return wanted if getattr(letter, f"text_{wanted}", "") else "fi"


def text_in(letter: Letter, language: str) -> str:
    """Return subject and text of a letter in a language, placeholders and all."""
    return f"{localized(letter, 'subject', language)}\n{localized(letter, 'text', language)}"


def write(letter: Letter, member: Member, language: str) -> Written:
    """Write a letter to a municipality in a language that the letter has."""
    values = values_for(member, language)
    subject = fill(localized(letter, "subject", language), values)
    return Written(subject[:LONGEST_SUBJECT], fill(localized(letter, "text", language), values))


def values_for(member: Member, language: str) -> dict[str, str]:
    """Say what each placeholder stands for; empty where it is not known."""
    with translation.override(language):
        season, fee, tier = member.season, member.annual_fee_eur, member.tier
        page = reverse("brochure:page", args=[season.number])
        return {
            Placeholder.MUNICIPALITY: member.municipality.name,
            Placeholder.FEE: "" if fee is None else euros(fee, cents_of(fee)),
            Placeholder.TIER: tier.limits if tier else "",
            Placeholder.POPULATION: "" if member.population is None else number(member.population),
            Placeholder.YEAR: str(member.population_year or ""),
            Placeholder.PAPER: address_of(member.participation),
            Placeholder.SEASON: f"{season} ({season.years})",
            Placeholder.PAGE: f"{settings.BASE_URL}{page}?lang={language}",
        }
