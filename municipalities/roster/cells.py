"""What the cells of a row say, and what is wrong in them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from municipalities.roster.headings import Part, folded, group_of, language_of
from municipalities.roster.names import require_name
from municipalities.roster.rows import PersonRow, longest
from uso.ground.lib.fields import EmailField, PhoneField

#: Finnish mobile numbers whose first 0 a spreadsheet has taken away.
_LOST_ZERO: Final = re.compile(r"(?:4\d|50)\d{5,8}")
_NAME_IN_BRACKETS: Final = re.compile(r"^.*<\s*([^<>]+?)\s*>$")
#: Blanks beside a sign of an address; one between letters may stand for anything.
_LOOSE_BLANKS: Final = re.compile(r"\s*([.@_-])\s*")
_EMAIL: Final = EmailField()
_TELEPHONE: Final = PhoneField(required=False)


def check_names(person: PersonRow, row: str) -> PersonRow:
    """Look whether both names are there and are names; `row` is the whole of it, to be recognised by."""
    for part, name in ((Part.FIRST_NAME, person.first_name), (Part.LAST_NAME, person.last_name)):
        if not name:
            sentence = _(
                "Write the name; the row holds “%(row)s”. If it is no person, remove the row."
            )
            person = person.with_error(part, sentence % {"row": row[:60]})
            continue
        try:
            require_name(name)
        except ValidationError as error:
            sentence = " ".join(
                [*error.messages, _("Look whether the columns are in their places.")]
            )
            person = person.with_error(part, sentence)
    return person


def check_lengths(person: PersonRow) -> PersonRow:
    """Look whether every text fits its column."""
    for part in (Part.FIRST_NAME, Part.LAST_NAME, Part.TITLE, Part.BODY):
        most = longest(part)
        typed = getattr(person, part.value)
        if len(typed) > most:
            sentence = _("Shorten this to %(most)d characters; it has %(length)d.")
            person = person.with_error(part, sentence % {"most": most, "length": len(typed)})
    return person


def _check_group(person: PersonRow, typed: str) -> PersonRow:
    group = group_of(typed)
    if typed and not group:
        sentence = _("“%(typed)s” is no group here: write “elected official” or “office holder”.")
        return person.with_error(Part.GROUP, sentence % {"typed": typed[:60]})
    return replace(person, group=group or person.group)


def _check_language(person: PersonRow, typed: str) -> PersonRow:
    language = language_of(typed)
    if typed and not language:
        sentence = _("“%(typed)s” is not used here: write Finnish, Swedish or English.")
        return person.with_error(Part.LANGUAGE, sentence % {"typed": typed[:60]})
    return replace(person, language=language)


def _check_phone(person: PersonRow, typed: str) -> PersonRow:
    number = typed
    if _LOST_ZERO.fullmatch(re.sub(r"[\s-]", "", typed)):
        number = f"0{typed}"
        person = person.with_warning(
            Part.PHONE, _("0 was added before the number: %(number)s.") % {"number": number}
        )
    try:
        return replace(person, phone=_TELEPHONE.clean(number))
    except ValidationError as error:
        sentence = f"“{typed[:60]}”: {' '.join(error.messages)}"
        return person.with_error(Part.PHONE, sentence)


def _check_email(person: PersonRow, typed: str) -> PersonRow:
    """Take an address out of what mail programs write around it, and without blanks."""
    bare = _NAME_IN_BRACKETS.sub(r"\1", typed.strip(" ;,.")).removeprefix("mailto:").strip(" .")
    if not bare:
        return person
    closed = _LOOSE_BLANKS.sub(r"\1", bare)
    try:
        email = _EMAIL.clean(closed)
    except ValidationError:
        return person.with_error(Part.EMAIL, _explain_email(typed, closed))
    if closed != bare:
        sentence = _("Blanks were taken out: %(email)s. Look whether it is right.")
        person = person.with_warning(Part.EMAIL, sentence % {"email": email})
    return replace(person, email=email)


def _explain_email(typed: str, bare: str) -> str:
    if " " in bare:
        return _("There is a blank within “%(typed)s”: write one address without blanks.") % {
            "typed": typed[:80]
        }
    local, at, domain = bare.casefold().rpartition("@")
    plain = ".".join(folded(word).replace(" ", "-") for word in local.split("."))
    if at and not local.isascii():
        return _("“%(typed)s” has letters that no address has. Is it %(plain)s@%(domain)s?") % {
            "typed": typed[:80],
            "plain": plain,
            "domain": domain[:80],
        }
    return _(
        "“%(typed)s” is no e-mail address: write one such as name@example.fi, or leave it out."
    ) % {"typed": typed[:80]}


CHECKS: Final[Mapping[Part, Callable[[PersonRow, str], PersonRow]]] = {
    Part.GROUP: _check_group,
    Part.EMAIL: _check_email,
    Part.PHONE: _check_phone,
    Part.LANGUAGE: _check_language,
}
