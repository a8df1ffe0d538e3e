"""Who gets a letter and who does not, each with the reason: the same for page, question and sending."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from seasons.enums import NOT_TAKING_PART
from seasons.letters.placeholders import (
    OF_A_PUBLISHED_SEASON,
    OF_THE_FEE,
    Placeholder,
    Written,
    language_of,
    text_in,
    used_in,
    values_for,
    write,
)
from seasons.models import Letter
from seasons.queries import Member, members
from seasons.queries.letter_list import Address, addresses_of, stages_when_sent
from uso.ground.lib.drawn import Facts, fingerprint


@dataclass(frozen=True)
class Recipient:
    """One address of a municipality that a letter goes to."""

    letter: Letter
    member: Member
    address: Address

    @property
    def key(self) -> str:
        """What the coordinator's choice names: municipality and address."""
        return f"{self.member.municipality.pk}:{self.address.email.lower()}"

    @property
    def language(self) -> str:
        """The language it is written in."""
        return language_of(self.letter, self.address.language)

    @property
    def written(self) -> Written:
        """The letter as it reads it."""
        return write(self.letter, self.member, self.language)


@dataclass(frozen=True)
class LeftOut:
    """A municipality, or one address of it, that gets no letter; a key where that can be undone."""

    member: Member
    reason: str
    address: str = ""
    key: str = ""


@dataclass(frozen=True)
class Mailing:
    """Everybody a letter is meant for."""

    recipients: Sequence[Recipient]
    left_out: Sequence[LeftOut]

    @property
    def facts(self) -> Facts:
        """What a press names: the addresses of each municipality, and what they read."""
        said: dict[str, str] = {}
        for each in self.recipients:
            name = each.member.name
            said[name] = ", ".join(filter(None, (said.get(name), each.address.email)))
        texts = "\n".join(
            f"{each.written.subject}\n{each.written.text}" for each in self.recipients
        )
        return {_("Text of the letters"): fingerprint(texts)} | said


def mailing_of(letter: Letter) -> Mailing:
    """Work out who gets a letter (eight queries at most)."""
    meant = [each for each in members(letter.season) if _is_meant(letter, each)]
    for each in meant:
        each.participation.season = letter.season  # which the link to its paper reads
    addresses = addresses_of(each.municipality.pk for each in meant)
    before = stages_when_sent(letter.reminds_id) if letter.reminds_id else {}
    to: list[Recipient] = []
    out: list[LeftOut] = []
    for member in meant:
        if reason := _reason(letter, member, before):
            out.append(LeftOut(member, reason))
            continue
        found = [
            Recipient(letter, member, each) for each in addresses.get(member.municipality.pk, [])
        ]
        if not found:
            out.append(LeftOut(member, _("no contact person and no shared mailbox")))
        for recipient in found:
            _sort_out(recipient, to, out)
    return Mailing(to, out)


def _sort_out(recipient: Recipient, to: list[Recipient], out: list[LeftOut]) -> None:
    email, member = recipient.address.email, recipient.member
    if recipient.key in recipient.letter.left_out:
        out.append(LeftOut(member, _("left out by you"), email, recipient.key))
    elif missing := _missing(recipient):
        out.append(LeftOut(member, missing, email))
    else:
        to.append(recipient)


def _is_meant(letter: Letter, member: Member) -> bool:
    if letter.stage:
        return member.state == letter.stage
    return member.municipality.pk in letter.picked


def _reason(letter: Letter, member: Member, before: dict[int, str]) -> str:
    place = member.municipality.pk
    if place in before and before[place] != member.state:
        return _("has answered: %(stage)s") % {"stage": str(member.state.label).lower()}
    if member.state in NOT_TAKING_PART and letter.stage != member.state:
        return _("does not take part: %(stage)s") % {"stage": str(member.state.label).lower()}
    return ""


def _missing(recipient: Recipient) -> str:
    """Say why the letter cannot be written; empty where it can."""
    used = used_in(text_in(recipient.letter, recipient.language))
    if used & OF_A_PUBLISHED_SEASON and recipient.member.season.is_draft:
        return _("the season is a draft: the link in the letter would not open")
    if not used & OF_THE_FEE:
        return ""
    values = values_for(recipient.member, recipient.language)
    missing = [name for name in used & OF_THE_FEE if not values[name]]
    if not missing:
        return ""
    if recipient.member.population is None:
        return _("the fee cannot be computed: the population is missing")
    named = ", ".join(sorted(Placeholder(name).typed for name in missing))
    return _("not known: %(placeholders)s") % {"placeholders": named}
