"""What the paper for a municipality's board says, in one language: a draft that the clerk goes on with.

Nothing is said that our records do not hold. What is not known is a blank to fill in; what the
demonstration made up is marked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from seasons.enums import BodyKind, DecidingBody
from seasons.facts import is_made_up, season_is_made_up
from seasons.models import Season, SeasonContact, Theme
from seasons.presenting import (
    PackageLine,
    network_figures,
    package_lines,
    terms_of_fee,
    the_network,
)
from seasons.pricing import joining_year
from seasons.queries import EarlierSeason, PaperFacts
from uso.ground.lib.dates import day
from uso.ground.lib.languages import current_language
from uso.ground.lib.money import cents_of, euros, number
from uso.ground.lib.texts import small

BLANK: Final = "________"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that stand on their own."""

    words: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; the first cell of each names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading within a section."""

    words: str


Block: TypeAlias = Paragraph | Bullets | Table | Subheading


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper under its heading."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """The whole paper; `opening` are the lines of a matter that the clerk's own system fills in."""

    language: str
    title: str
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What only the municipality knows; empty where it has not said it yet."""

    body: str = ""
    other_body: str = ""
    contact: str = ""
    on_site: str = ""

    @property
    def body_in_words(self) -> str:
        """The board that decides, in the active language."""
        if self.body in DecidingBody.values and self.body != DecidingBody.OTHER:
            return str(DecidingBody(self.body).label)
        return self.other_body or BLANK

    @property
    def kind(self) -> BodyKind | None:
        """Whether the body is of a city or of another municipality; None where it does not say."""
        return DecidingBody(self.body).kind if self.body in DecidingBody.values else None


def write(facts: PaperFacts, choices: Choices, language: str, *, on: date) -> BoardPaper:
    """Write the paper.

    Parameters
    ----------
    language
        `fi` or `sv`; what the season does not say in Swedish is in Finnish.
    on
        The day on which the board is thought to decide, for who joins in the middle of the season.
    """
    with translation.override(language):
        season = facts.season
        title = _("Joining the network USO for the season %(years)s (%(season)s)") % {
            "years": season.years,
            "season": season,
        }
        sections = (
            Section(_("Background"), tuple(_background(facts))),
            Section(_("What taking part includes"), tuple(_package(facts))),
            Section(_("Costs"), tuple(_costs(facts, on))),
            Section(_("Earlier participation"), tuple(_earlier(facts))),
            Section(_("Proposal for decision"), tuple(_proposal(facts, choices, on))),
            Section(_("Sent to"), (Bullets(tuple(_sent_to(facts.content.contacts, choices))),)),
            Section(_("Attachments"), (Bullets(tuple(_attachments(season))),)),
        )
        written = tuple(section for section in sections if section.blocks)
        return BoardPaper(language, title, tuple(_opening(season, choices)), written)


def _opening(season: Season, choices: Choices) -> Iterator[Block]:
    if settings.DEMO:
        yield Paragraph(_caution(season))
    lines = (
        (_("Body that decides"), choices.body_in_words),
        (_("Day of the meeting"), BLANK),
        (_("Diary number"), BLANK),
        (_("Prepared by"), BLANK),
    )
    yield from (Paragraph(f"{name}: {words}") for name, words in lines)


def _caution(season: Season) -> str:
    if season_is_made_up(season):
        return _("Demonstration: the season is made up.")
    return _("Demonstration: what is marked as made up is not true.")


def _background(facts: PaperFacts) -> Iterator[Block]:
    season = facts.season
    yield Paragraph(the_network())
    if figures := network_figures(season):
        yield Paragraph(
            _("%(municipalities)s municipalities have taken part in %(years)s years")
            % {"municipalities": figures.municipalities, "years": figures.years}
            + f" ({small(figures.source).removesuffix('.')})."
        )
    named = {"season": season, "years": season.years, "theme": season.theme}
    if season.theme:
        yield Paragraph(
            _("The season %(season)s lasts over the years %(years)s. Its theme is “%(theme)s”.")
            % named
        )
    else:
        yield Paragraph(_("The season %(season)s lasts over the years %(years)s.") % named)
    if season.background:
        yield Paragraph(_("Behind the season there are:"))
        yield Bullets(tuple(small(point) for point in season.background))
    if facts.content.themes:
        yield Paragraph(_("The content of the season is divided into themes:"))
        yield Bullets(tuple(_theme(theme) for theme in facts.content.themes))


def _theme(theme: Theme) -> str:
    topics = "; ".join(small(topic) for topic in theme.topics)
    return f"{theme.name}: {topics}" if topics else theme.name


def _package(facts: PaperFacts) -> Iterator[Block]:
    for heading, own in (
        (_("Together with the others"), False),
        (_("For each municipality"), True),
    ):
        rows = [row for row in facts.content.package if row.for_each_municipality == own]
        if rows:
            yield Subheading(heading)
            yield Bullets(tuple(_line(line) for line in package_lines(rows)))


def _line(line: PackageLine) -> str:
    how_many = ", ".join(filter(None, (line.count, line.remark)))
    return f"{line.name}: {how_many}" if how_many else line.name


def _costs(facts: PaperFacts, on: date) -> Iterator[Block]:
    member, season = facts.member, facts.season
    day_of = (
        _("Population on 31 December %(year)s") % {"year": member.population_year}
        if member.population_year
        else _("Population")
    )
    yield Bullets(
        (
            f"{day_of}: {BLANK if member.population is None else number(member.population)}",
            f"{_('Fee tier')}: {member.tier.limits if member.tier else BLANK}",
            f"{_('Annual fee')}: {_money(member.annual_fee_eur)}",
        )
    )
    fees = _fees_by_year(facts, on)
    total = None if member.annual_fee_eur is None else sum(fees.values(), Decimal(0))
    yield Table(
        (_("Year"), _("Fee")),
        (
            *((str(year), _money(fees.get(year))) for year in _years_paid(facts, on)),
            (_("In all"), _money(total)),
        ),
    )
    paid = _years_paid(facts, on)
    if paid[0] > season.first_year:
        yield Paragraph(
            _(
                "The municipality joins in %(year)s. Nothing is paid for the season before that (%(before)s)."
            )
            % {"year": paid[0], "before": _span(range(season.first_year, paid[0]))}
        )
    yield from (Paragraph(sentence) for sentence in terms_of_fee(season))
    yield Paragraph(_("Paid from the appropriation: %(blank)s") % {"blank": BLANK})


def _years_paid(facts: PaperFacts, on: date) -> range:
    """Return the years that are paid: those left of a season in which somebody joins late."""
    season, confirmed = facts.season, facts.member.participation.joining_year
    first = min(confirmed or joining_year(season.first_year, _decided(facts, on)), season.last_year)
    return range(first, season.last_year + 1)


def _span(years: range) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _fees_by_year(facts: PaperFacts, on: date) -> dict[int, Decimal]:
    """Price each year; nothing where the fee is not known."""
    annual, season = facts.member.annual_fee_eur, facts.season
    if annual is None:
        return {}
    first, *later = _years_paid(facts, on)
    frozen = facts.member.first_year_fee_eur if facts.member.frozen else None
    of_first = season.first_year_fee(annual, decided_on=_decided(facts, on))
    return {first: of_first if frozen is None else frozen, **dict.fromkeys(later, annual)}


def _decided(facts: PaperFacts, on: date) -> date:
    return facts.member.participation.decided_on or on


def _money(value: Decimal | None) -> str:
    return f"{BLANK} €" if value is None else euros(value, cents_of(value))


def _earlier(facts: PaperFacts) -> Iterator[Block]:
    """Say where our records know the municipality, and of which seasons they know all members."""
    joined = [each for each in facts.earlier if each.participation]
    if joined:
        yield Paragraph(_("By the records of the network the municipality has taken part in:"))
        yield Bullets(tuple(_one_earlier(each) for each in joined))
    else:
        yield Paragraph(_("The records of the network name no earlier participation."))
    whole = [each.season for each in facts.earlier if each.is_complete]
    if {season.number for season in whole} < set(range(1, facts.season.number)):
        yield Paragraph(
            _("The network's records of the members of earlier seasons are incomplete.")
        )
    if whole:
        yield Paragraph(_("Every member is known of: %(seasons)s.") % {"seasons": _named(whole)})
    yield Paragraph(_("By the municipality's own records: %(blank)s") % {"blank": BLANK})


def _named(seasons: Iterable[Season]) -> str:
    return ", ".join(f"{season} ({season.years})" for season in seasons)


def _one_earlier(each: EarlierSeason) -> str:
    row = each.participation
    assert row  # noqa: S101 -- asked before
    words = _named([each.season])
    if row.decision:
        words += f", {', '.join(filter(None, (row.decision, row.diary_number)))}"
    return f"{words} ({_('made up')})" if is_made_up(row, each.season) else words


def _proposal(facts: PaperFacts, choices: Choices, on: date) -> Iterator[Block]:
    season = facts.season
    yield Paragraph(_("%(body)s decides that") % {"body": choices.body_in_words})
    clauses = [
        _taking_part(facts, choices, on),
        _("the annual fee of taking part is %(fee)s")
        % {"fee": _money(facts.member.annual_fee_eur)},
    ]
    if season.vat_on_top:
        clauses.append(_("VAT is paid on top of the fee"))
    if season.travel_on_top:
        clauses.append(_("the experts' travel costs are paid at actual cost"))
    clauses += [
        _("named as contact person in the network: %(contact)s")
        % {"contact": choices.contact or BLANK},
        _("the following may attend the events on site: %(people)s")
        % {"people": choices.on_site or BLANK},
    ]
    yield Bullets(tuple(clauses))


def _taking_part(facts: PaperFacts, choices: Choices, on: date) -> str:
    """Propose the years that are paid: of a season that goes on, those left of it."""
    years = _years_paid(facts, on)
    named = {"municipality": _who(facts, choices), "season": facts.season, "years": _span(years)}
    if len(years) == 1:
        return (
            _("%(municipality)s takes part in the season %(season)s of the network in %(years)s")
            % named
        )
    return (
        _("%(municipality)s takes part in the season %(season)s of the network, %(years)s") % named
    )


def _who(facts: PaperFacts, choices: Choices) -> str:
    """Name the municipality as it speaks of itself, where the body says whether it is a city."""
    place = facts.member.municipality
    name = place.genitive_fi if current_language() == "fi" else place.name
    if choices.kind == BodyKind.CITY:
        return _("the city of %(municipality)s") % {"municipality": name}
    if choices.kind == BodyKind.MUNICIPALITY:
        return _("the municipality of %(municipality)s") % {"municipality": name}
    return place.name


def _sent_to(contacts: Sequence[SeasonContact], choices: Choices) -> Iterator[str]:
    for each in contacts:
        words = ", ".join(
            filter(None, (each.name, small(each.title), each.organisation, each.email))
        )
        yield f"{words} ({_('made up')})" if settings.DEMO else words
    if not contacts:
        yield _("The network's coordinator: %(blank)s") % {"blank": BLANK}
    yield _("The contact person named: %(contact)s") % {"contact": choices.contact or BLANK}
    yield _("Financial administration: %(blank)s") % {"blank": BLANK}


def _attachments(season: Season) -> Iterator[str]:
    words = _("Invitation to the season %(season)s %(years)s") % {
        "season": season,
        "years": season.years,
    }
    if season.is_draft:
        yield words
        return
    address = reverse("brochure:page", args=[season.number])
    yield f"{words}: {settings.BASE_URL}{address}?lang={current_language()}"


def file_name(facts: PaperFacts, language: str, *, on: date) -> str:
    """Name the file so that it is known in a folder: `Liittyminen USO8 Kannus 24.11.2026.docx`."""
    word = {"fi": "Liittyminen", "sv": "Anslutning"}[language]
    place = facts.member.municipality
    name = place.name_sv if language == "sv" else place.name_fi
    return f"{word} {facts.season} {name} {day(on, weekday=False, language=language)}.docx"
