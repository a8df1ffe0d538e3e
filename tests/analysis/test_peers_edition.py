"""The peers of an edition: locked to it, with their likeness, printed and in the annex."""

import dataclasses
import io
import re

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from analysis.actions.peer_sets import choose_peers
from analysis.content.edition import (
    Area,
    ChosenGroup,
    EditionChanges,
    MeasureChanges,
    OwnFigure,
    PeerChanges,
    PeersFigure,
    WeighedFactor,
)
from analysis.engine.compare import compare
from analysis.engine.measure_list import measure
from analysis.render import reading_rule, report
from analysis.render.annex import annex_xlsx, figure_rows
from analysis.render.change_list import change_list
from analysis.render.pdf import report_html
from analysis.render.peer_list import peer_heads, peer_list, peer_rows
from analysis.render.peer_table import five_figures, peer_tables
from analysis.wording.caveats import limits
from analysis.wording.names import Name
from tests.analysis import figures
from tests.analysis.editions import built, choose, published
from tests.analysis.figures import HEINOLA, KANNUS, PORVOO, changed, content, material

pytestmark = pytest.mark.django_db


# -- Locked to the edition


def test_edition_keeps_each_peers_likeness_with_its_figures(
    neighbours, in_kannus, season8, coordinator
):
    choose_peers(
        municipality=in_kannus, season=season8, peers=[neighbours["B"]], reason="", by=coordinator,
        weights={"size": 2},
    )  # fmt: skip

    told = built(in_kannus, season8, coordinator).content.peers

    likeness = told.members[0].likeness
    # logarithms 3.72132 (ours), 3.69897, 4, 4.30103, 4.60206, 4.90309; median (4 + 4.30103) / 2,
    # deviations 0.42920 0.45154 0.15051 0.15051 0.45154 0.75257, MAD 0.44037, spread 0.65290
    assert likeness.distance == pytest.approx((4 - 3.72132) / 0.65290, abs=1e-4)
    assert likeness.level["sv"] == "mycket lik"
    assert likeness.words["en"].startswith("Alike in size")
    assert likeness.figures == {"population": 10_000}
    heads = {"fi": "väkiluku 2024", "sv": "folkmängd 2024", "en": "population 2024"}
    assert told.factors[0] == WeighedFactor(
        "size",
        {"fi": "Koko", "sv": "Storlek", "en": "Size"},
        weight=2,
        known=True,
        figures=(OwnFigure("population", heads, 5264),),
    )


def test_later_choice_does_not_change_the_edition(neighbours, in_kannus, season8, coordinator):
    choose(in_kannus, season8, [neighbours["A"]], coordinator)
    edition = published(in_kannus, season8, coordinator)
    before = edition.content.peers

    choose_peers(
        municipality=in_kannus, season=season8, peers=[], reason="", by=coordinator, group="region"
    )

    edition.refresh_from_db()
    assert edition.content.peers == before


# -- What is printed


def area(place):
    code = f"{place:03}"
    name = Name(f"Kunta {code}", f"Kommun {code}", f"Kunta {code}", f"{code}:n", f"{code}:ssa")
    return Area(code, name, 1_000 * place)


def test_own_choice_without_likeness_shows_names_alone():
    made = content()

    told = peer_list(made, "sv")

    assert (told.count, told.group, told.counted, told.measured) == (2, "", "", False)
    assert told.names == "Borgå, Virmo"
    assert report(made, "fi").chosen.reason == "Naapureita <b>ja</b> verrokkeja"
    assert peer_heads(made, "en") == (
        "Municipality", "Code", "Population", "Distance", "Likeness", "Reason",
    )  # fmt: skip
    assert peer_rows(made, "en")[1] == ["Porvoo", "638", 800, None, "", ""]


def test_finnish_names_break_between_syllables_in_the_pdf():
    made = content()

    assert peer_tables(made, "fi")[0].heads == (
        "Kan\xadnus",
        "Por\xadvoo",
        "My\xadnä\xadmäki",
        "Koko maa",
    )
    assert "\xad" not in "".join(peer_tables(made, "sv")[0].heads)


def test_group_of_ninety_is_told_by_its_quarters_in_the_pdf():
    made = content()
    members = tuple(
        replace(made.peers.members[0], code=f"{place:03}", population=100 * place)
        for place in range(1, 91)
    )
    made = replace(made, peers=replace(made.peers, members=members))
    everybody = {f"{place:03}": float(place) for place in range(1, 91)}
    for each in content().measures:
        if each.position:
            made = changed(made, each.key, position=replace(each.position, peers=everybody))
    young = figures.measure(made, "under-15")
    made = changed(
        made,
        "under-15",
        peers_figure=PeersFigure("weighted", {"fi": "keskiarvo"}, {"fi": "väkiluku"}),
        position=replace(young.position, group=44.44),
    )

    (table,) = peer_tables(made, "fi")

    assert table.heads == (
        "Kan\xadnus", "Pienin", "Alakvartiili", "Mediaani", "Yläkvartiili", "Suurin", "Koko maa",
    )  # fmt: skip
    # 90 figures from 1 to 90: quarters at 1 + 89 / 4 = 23.25, 45.5 and 67.75
    assert table.people[1:6] == ("100", "2\xa0325", "4\xa0550", "6\xa0775", "9\xa0000")
    under_15 = next(row for row in table.groups[0].rows if row.label == "Alle 15-vuotiaat")
    assert under_15.cells[1:6] == (
        "1,0", "23,3", "45,5", "67,8", "90,0",
    )  # fmt: skip
    assert under_15.what.endswith("; keskiarvo 44,4")
    assert not any("; " in row.what for row in table.groups[0].rows if row is not under_15)
    assert peer_list(made, "fi").many
    assert not peer_list(made, "fi").crowd


def test_group_of_one_in_five_figures():
    assert five_figures([7.0]) == (7.0, 7.0, 7.0, 7.0, 7.0)


def crowd(count):
    made = content()
    members = made.peers.members * (count // 2)
    return replace(made, peers=replace(made.peers, members=members))


def test_reading_rule_names_the_only_peer_and_tells_of_a_crowd():
    assert "harmaa piste Porvoo ja pystyviiva" in reading_rule(content(peers=("638",)), "fi")
    assert "de grå punkterna jämförelsekommunerna ni valt (30)" in reading_rule(crowd(30), "sv")
    assert "There are 90 peers; a small grey dot is a place" in reading_rule(crowd(90), "en")


def test_many_peers_left_out_are_counted_and_few_are_named():
    three, many = [KANNUS, PORVOO, HEINOLA], [KANNUS] * 16

    assert left_out_words(three)["sv"].endswith("fullständig: Kannus, Borgå, Heinola.")
    assert (
        "puuttuvat kunnat, joiden sarja ei ole täydellinen: Kannus" in left_out_words(three)["fi"]
    )
    assert left_out_words(many)["fi"] == (
        "Vertailusta puuttuu 16 kuntaa, joiden sarja ei ole täydellinen."
    )


def left_out_words(names):
    made = measure("under-15")
    found = compare(
        code="217", peers=["638", "503"], needs=made.needs, derive=made.derive, steady=1,
        relative=False, material=material(),
    )  # fmt: skip
    codes = tuple(str(place) for place in range(len(names)))
    found = dataclasses.replace(found, left_out=codes)
    by_code = dict(zip(codes, names, strict=True))
    notes = limits(made, found, names=by_code, made_in=2026, people=5_264, reasons={})
    return next(note for note in notes if "Vertailusta puuttu" in note["fi"])


@pytest.mark.parametrize("count", [2, 16, 102])
def test_report_tells_a_ready_group_by_its_rule_and_a_crowd_without_names(count):
    made = crowd(count)
    rule = {"fi": "Kaikki muut saman maakunnan kunnat."}
    group = ChosenGroup("region", {"fi": "Oma maakunta"}, rule)
    made = replace(made, peers=replace(made.peers, group=group))
    told = peer_list(made, "fi")

    assert (told.group, told.count) == ("Oma maakunta", count)
    assert (told.many, told.crowd) == (count > 15, count > 100)
    printed = report_html(made, "fi")
    assert "valmiin ryhmän: Oma maakunta. Kaikki muut saman maakunnan kunnat." in re.sub(
        r"\s+", " ", printed
    )
    assert ("Kuntien nimet ovat taulukkoliitteessä (XLSX)." in printed) is (count > 100)


@pytest.mark.parametrize(("count", "listed"), [(2, True), (16, False)])
def test_annex_lists_each_peers_figures_but_for_a_large_group(count, listed):
    series = {row[1] for row in figure_rows(crowd(count), "fi")}

    assert ("Porvoo" in series) is listed
    assert "Vertailukuntien mediaani" in series


def test_annex_lists_the_likeness_of_each_peer(neighbours, in_kannus, season8, coordinator):
    choose(in_kannus, season8, [neighbours["B"]], coordinator)
    told = built(in_kannus, season8, coordinator).content

    book = load_workbook(io.BytesIO(annex_xlsx(told, "en")))
    heads, ours, theirs = list(book["Peers"].values)

    assert heads[3:] == ("Distance", "Likeness", "Reason", "Population 2024")
    assert ours[:3] == ("Kannus", "217", 5264)
    assert theirs[2:] == (10_000, 0.43, "very alike", "Alike in size.", 10_000)


def test_list_of_changes_names_few_new_peers_and_counts_many():
    made = content()
    changes = EditionChanges(
        since=figures.EDITION,
        revised=(),
        new_years=(),
        peers=PeerChanges(joined=crowd(16).peers.members, left=made.peers.members),
        measures=MeasureChanges(added=(), retired=()),
    )

    told = change_list(replace(made, changes=changes), "sv")

    assert (told.joined, told.left) == ("16 kommuner", "Borgå, Virmo")
