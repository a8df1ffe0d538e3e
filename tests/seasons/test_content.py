"""The parts of a season: a new one is forgotten nowhere."""

from django.apps import apps

from seasons.comparing import COMPARED
from seasons.content import ORDERED_BY, TABLES
from seasons.enums import SeasonPart
from seasons.facts import load_seasons
from seasons.forms.parts import FORMS
from seasons.models import InvitationDocument, Season
from seasons.wording import _LINES_OF_ROW

# What belongs to a season, goes with it, and is no part of what is written in it.
NO_PART = {InvitationDocument: "printed of the parts"}


def test_every_table_of_a_season_is_a_part_or_none_with_a_reason():
    tables = {
        model
        for model in apps.get_app_config("seasons").get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Season and field.remote_field.on_delete.__name__ == "CASCADE"
    }

    assert set(TABLES.values()) | set(NO_PART) == tables


def test_every_part_has_a_form_words_and_a_comparison():
    assert set(FORMS) == set(SeasonPart)
    assert set(_LINES_OF_ROW) == set(TABLES)
    assert {*COMPARED, SeasonPart.CONTACTS} == set(SeasonPart)
    assert set(ORDERED_BY) < set(TABLES)


def test_data_files_list_the_parts_by_the_seasons_own_names(db):
    load_seasons()

    season = Season.objects.get(number=8)
    filled = {part for part, model in TABLES.items() if model.objects.filter(season=season)}
    assert filled == set(TABLES) - {SeasonPart.CONTACTS}
