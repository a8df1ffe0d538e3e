"""Everything of one municipality on one page, for its own people and for the network's staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from analysis.models import Analysis
from analysis.queries.edition_list import editions_with_files
from analysis.rules import can_read_analysis
from billing.queries import Buyer, buyer
from billing.rules import can_see_invoices
from municipalities.enums import Role, Roles
from municipalities.facts import TakenOver, taken_over_by
from municipalities.models import ContactAddress, Municipality
from municipalities.queries import RoleHolders, contact_addresses, role_holders
from municipalities.rules import can_see_roles
from seasons.enums import NOT_TAKING_PART, ParticipationState, SeasonState
from seasons.facts import is_made_up
from seasons.models import DecisionDocument, Participation, Season, SentLetter
from seasons.queries.letter_list import letters_to
from seasons.rules import can_read_decision, can_read_letters, can_run_seasons, can_see_seasons
from uso.ground.tenancy.crossing import scope_of
from uso.roof.home.population import PopulationCourse, population_course

SHOWN_ROLES = [Role.CONTACT, Role.LEADER, Role.BILLING]
State = ParticipationState


@dataclass(frozen=True)
class SeasonOfMunicipality:
    """One season of a municipality as a reader may see it.

    Parameters
    ----------
    page
        Where more is told of it; "" where the reader may open nothing.
    decision_url
        Where the file of the decision is; "" where there is none, or not for the reader.
    exit_note
        Why it does not take part, in words; for the network's staff alone.
    """

    participation: Participation
    page: str
    decision_url: str
    exit_note: str

    @property
    def season(self) -> Season:
        """The season."""
        return self.participation.season

    @property
    def kind(self) -> str:
        """Look of the tag of the stage."""
        if self.participation.state in NOT_TAKING_PART:
            return "bad"
        kinds: dict[str, str] = {State.CONFIRMED: "good", State.DECIDED: "wait"}
        return kinds.get(self.participation.state, "")

    @cached_property
    def fees(self) -> list[tuple[int, Decimal | None]]:
        """The confirmed fee of each year that it pays for; none before the confirmation."""
        row = self.participation
        if row.annual_fee_eur is None:
            return []
        first = row.joining_year or self.season.first_year
        return [(year, row.fee_of(year)) for year in self.season.each_year if year >= first]

    @property
    def is_made_up(self) -> bool:
        """Whether the demonstration made the membership up."""
        return is_made_up(self.participation, self.season)


@dataclass(frozen=True)
class MunicipalityPage:
    """What a reader sees of a municipality; a part the reader may not see is None."""

    municipality: Municipality
    former: Sequence[TakenOver]
    merged: Sequence[Municipality]
    population: PopulationCourse | None
    holders: Sequence[RoleHolders] | None
    mailboxes: Sequence[ContactAddress]
    seasons: Sequence[SeasonOfMunicipality]
    analyses: Sequence[Analysis] | None
    letters: Sequence[SentLetter] | None
    buyer: Buyer | None


def municipality_page(
    municipality: Municipality, roles: Roles, merged: Sequence[Municipality] | None = None
) -> MunicipalityPage:
    """Gather the page in the municipality's scope (seven queries; six with those `merged` into it)."""
    figures = list(municipality.populations.order_by("year"))
    return MunicipalityPage(
        municipality=municipality,
        former=taken_over_by(municipality.code),
        merged=_merged_into(municipality) if merged is None else merged,
        population=population_course(municipality.name, figures),
        holders=role_holders(municipality, roles=SHOWN_ROLES) if can_see_roles(roles) else None,
        mailboxes=contact_addresses() if can_see_roles(roles) else [],
        seasons=_seasons(municipality, roles),
        analyses=editions_with_files() if can_read_analysis(roles) else None,
        letters=letters_to(municipality) if can_read_letters(roles) else None,
        buyer=buyer(municipality) if can_see_invoices(roles) else None,
    )


def page_from_the_network(slug: str, roles: Roles) -> MunicipalityPage | None:
    """Gather the same for the network's staff, who open any municipality's page (one query more)."""
    rows = Municipality.objects.filter(Q(slug=slug) | Q(merged_into__slug=slug))
    every = list(rows.order_by("-merged_on", "name_fi"))
    found = next((each for each in every if each.slug == slug), None)
    if found is None:
        return None
    merged = [each for each in every if each is not found]
    with scope_of(found.pk, reason="the network's staff reads of one municipality"):
        return municipality_page(found, roles, merged)


def _merged_into(municipality: Municipality) -> list[Municipality]:
    return list(municipality.former_municipalities.order_by("-merged_on", "name_fi"))


def _seasons(municipality: Municipality, roles: Roles) -> list[SeasonOfMunicipality]:
    """List its seasons, the latest first; drafts are for the network's staff alone."""
    document = DecisionDocument.objects.filter(participation=OuterRef("pk")).values("name")
    rows = Participation.objects.select_related("season", "fee_tier")
    rows = rows.annotate(document_name=Subquery(document[:1])).order_by("-season__number")
    if not can_see_seasons(roles):
        rows = rows.exclude(season__state=SeasonState.DRAFT)
    found = []
    for row in rows:
        row.municipality = municipality
        found.append(_season(row, roles))
    return found


def _season(row: Participation, roles: Roles) -> SeasonOfMunicipality:
    number, slug, is_staff = row.season.number, row.municipality.slug, can_see_seasons(roles)
    if is_staff:
        page = reverse("seasons_network:member", args=[number, slug])
    else:
        page = reverse("seasons:detail", args=[slug, number])
    return SeasonOfMunicipality(
        row, page, _decision_url(row, roles), row.exit_note if is_staff else ""
    )


def _decision_url(row: Participation, roles: Roles) -> str:
    number, slug = row.season.number, row.municipality.slug
    if not row.document_name or not can_read_decision(roles):
        return ""
    if can_run_seasons(roles):
        return reverse("seasons_network:decision_file", args=[number, slug])
    return reverse("seasons:decision_file", args=[slug, number])
