"""The list of a season's municipalities: its columns, and what it can be narrowed by."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.columns import municipality_column
from seasons import cards, queries
from seasons.enums import BEFORE_THE_CONFIRMATION, ParticipationSource, ParticipationState
from uso.ground.lib.marks import address, fill, made_up, nowrap, quiet, tag, with_notes
from uso.ground.lib.money import euros, number
from uso.ground.lib.order import finnish
from uso.ground.lib.tables import Column, Filter

NOBODY = "nobody"


def _page(member: queries.Member) -> str:
    return address("seasons_network:member", member.season.number, member.municipality.slug)


def _made_up(member: queries.Member) -> SafeString:
    return made_up() if member.is_made_up else SafeString("")  # a bare "" would unmark the HTML


def _state(member: queries.Member) -> str:
    row = member.participation
    unasked = row.source == ParticipationSource.PUBLIC_PAGE
    by_itself = unasked and member.state == ParticipationState.INTERESTED
    notes = [_("public page")] if by_itself else []
    return with_notes(tag(member.kind, member.state.label), notes) + _made_up(member)


def _population(member: queries.Member) -> str:
    if member.population is None:
        return quiet(_("not known"))
    other_year = member.population_year != member.season.population_year
    return with_notes(number(member.population), [str(member.population_year)] * other_year)


def _fee(member: queries.Member) -> str:
    if member.annual_fee_eur is None:
        return quiet(_("not known"))
    return with_notes(euros(member.annual_fee_eur), [] if member.frozen else [_("estimate")])


def _decided(member: queries.Member) -> str:
    words = member.decision
    drawn = with_notes(words, [member.participation.diary_number])
    return drawn + (_made_up(member) if words else SafeString(""))


def _next_step(member: queries.Member) -> str:
    row = member.participation
    if not row.next_step_on:
        return ""
    look = "amber" if member.days_late else ""
    return with_notes(row.next_step, [cards.due(member)], look=look)


COLUMNS: list[Column[queries.Member]] = [
    municipality_column(_page),
    Column(
        "region",
        gettext_lazy("Region"),
        lambda m: m.municipality.region,
        sought=True,
        on_page=False,
    ),
    Column(
        "state",
        gettext_lazy("State"),
        lambda m: str(m.state.label),
        drawn=_state,
    ),
    Column(
        "population",
        gettext_lazy("Population"),
        lambda m: m.population,
        numeric=True,
        drawn=_population,
    ),
    Column("year", gettext_lazy("Year"), lambda m: m.population_year, numeric=True, on_page=False),
    Column(
        "tier",
        gettext_lazy("Fee tier"),
        lambda m: m.tier.limits if m.tier else "",
        drawn=lambda m: nowrap(m.tier.limits if m.tier else ""),
    ),
    Column(
        "fee",
        gettext_lazy("Annual fee, €"),
        lambda m: m.annual_fee_eur,
        numeric=True,
        drawn=_fee,
    ),
    Column(
        "step",
        gettext_lazy("Next step"),
        lambda m: m.participation.next_step_on,
        drawn=_next_step,
    ),
    Column(
        "step_words",
        gettext_lazy("Next step in words"),
        lambda m: m.participation.next_step,
        on_page=False,
    ),
    Column("late", gettext_lazy("Days late"), lambda m: m.days_late, numeric=True, on_page=False),
    Column(
        "owner",
        gettext_lazy("In charge"),
        lambda m: m.participation.owner.name if m.participation.owner else "",
    ),
    Column(
        "frozen",
        gettext_lazy("Fee"),
        lambda m: _("confirmed") if m.frozen else _("estimate"),
        on_page=False,
    ),
    Column(
        "body",
        gettext_lazy("Deciding body"),
        lambda m: m.participation.decided_by_fi,
        on_page=False,
    ),
    Column(
        "decided",
        gettext_lazy("Decided"),
        lambda m: m.participation.decided_on,
        drawn=_decided,
    ),
    Column(
        "section",
        gettext_lazy("Section"),
        lambda m: m.participation.decision_section,
        on_page=False,
    ),
    Column(
        "diary", gettext_lazy("Diary number"), lambda m: m.participation.diary_number, on_page=False
    ),
    Column(
        "contact",
        gettext_lazy("Contact person named in the decision"),
        lambda m: m.participation.contact_fi,
        on_page=False,
    ),
    Column(
        "on_site",
        gettext_lazy("Who may attend on site"),
        lambda m: m.participation.on_site_fi,
        on_page=False,
    ),
    Column(
        "source",
        gettext_lazy("How it came to the list"),
        lambda m: m.participation.get_source_display(),
        on_page=False,
    ),
    Column(
        "exit_reason",
        gettext_lazy("Why not taking part"),
        lambda m: m.participation.get_exit_reason_display(),
        on_page=False,
    ),
    Column(
        "exit_note",
        gettext_lazy("In their own words"),
        lambda m: m.participation.exit_note,
        on_page=False,
    ),
]


def _tick(member: queries.Member) -> str:
    return fill(
        '<input type="checkbox" name="m" form="pick" value="{}" aria-label="{}: {}">',
        member.municipality.pk,
        _("Write to these"),
        member.name,
    )


PICK: Column[queries.Member] = Column(
    "pick", gettext_lazy("Write to these"), lambda _member: "", sorts=False, drawn=_tick
)


def filters(found: Sequence[queries.Member]) -> list[Filter[queries.Member]]:
    """Return what a season's municipalities can be narrowed by; choices are those that some have."""
    return [
        Filter(
            "state",
            gettext_lazy("Stage"),
            lambda m: m.state.value,
            [(each.value, each.label) for each in ParticipationState],
        ),
        *board_filters(found),
    ]


def board_filters(found: Sequence[queries.Member]) -> list[Filter[queries.Member]]:
    """Return the same without the stage: the board has its columns for it."""
    people = {_owner(m): m.participation.owner for m in found}
    owners = {pk: user.name for pk, user in people.items() if user}
    places = {m.municipality.region_code: m.municipality for m in found}
    regions = {code: place.region for code, place in places.items()}
    tiers = {str(m.tier.pk): m.tier for m in found if m.tier}
    sizes = sorted(tiers.values(), key=lambda tier: tier.population.lower or 0)
    return [
        Filter(
            "step",
            gettext_lazy("Next step"),
            _step,
            [
                ("late", gettext_lazy("Late")),
                ("ahead", gettext_lazy("Ahead")),
                ("none", gettext_lazy("None yet")),
            ],
        ),
        Filter(
            "owner",
            gettext_lazy("In charge"),
            _owner,
            [*_in_order(owners), (NOBODY, gettext_lazy("Nobody"))],
        ),
        Filter(
            "region",
            gettext_lazy("Region"),
            lambda m: m.municipality.region_code,
            _in_order(regions),
        ),
        Filter(
            "tier",
            gettext_lazy("Size class"),
            lambda m: str(m.tier.pk) if m.tier else "",
            [(str(tier.pk), tier.limits) for tier in sizes],
        ),
        Filter(
            "source",
            gettext_lazy("How it came to the list"),
            lambda m: m.participation.source,
            ParticipationSource.choices,
        ),
    ]


def _owner(member: queries.Member) -> str:
    return str(member.participation.owner_id or NOBODY)


def _step(member: queries.Member) -> str:
    if member.participation.next_step_on:
        return "late" if member.days_late else "ahead"
    return "none" if member.state in BEFORE_THE_CONFIRMATION else ""


def _in_order(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda each: finnish(each[1]))
