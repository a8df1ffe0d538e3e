"""Addresses of statistics, for the network's staff."""

from django.urls import path

from analysis.statistics.views import (
    indicator_pages,
    population_pages,
    source_pages,
    upload_pages,
)

network_urlpatterns = [
    path("statistics/", source_pages.sources, name="sources"),
    path("statistics/import/", source_pages.start_import, name="start_import"),
    path("statistics/indicators/", indicator_pages.indicators, name="indicators"),
    path("statistics/indicators/add/", indicator_pages.add, name="add_indicator"),
    path("statistics/indicators/<int:indicator_id>/", indicator_pages.edit, name="edit_indicator"),
    path(
        "statistics/indicators/<int:indicator_id>/retire/",
        indicator_pages.retire,
        name="retire_indicator",
    ),
    path(
        "statistics/indicators/<int:indicator_id>/reinstate/",
        indicator_pages.reinstate,
        name="reinstate_indicator",
    ),
    path("statistics/import/all/", source_pages.start_live, name="import_live"),
    path("statistics/sources/<slug:code>/file/", upload_pages.file, name="file"),
    path("statistics/imports/<int:run_id>/mapping/", upload_pages.mapping, name="mapping"),
    path(
        "statistics/imports/<int:run_id>/decline/",
        source_pages.decline_import,
        name="decline_import",
    ),
    path(
        "statistics/imports/<int:run_id>/accept/", source_pages.accept_import, name="accept_import"
    ),
    path("statistics/populations/", population_pages.populations, name="populations"),
    path(
        "statistics/populations/read/", population_pages.read_populations, name="read_populations"
    ),
    path(
        "statistics/populations/<int:import_id>/",
        population_pages.population_import,
        name="population_import",
    ),
    path(
        "statistics/populations/<int:import_id>/take/",
        population_pages.take_populations,
        name="take_populations",
    ),
    path(
        "statistics/populations/<int:import_id>/reject/",
        population_pages.reject_populations,
        name="reject_populations",
    ),
    path("statistics/municipalities/<int:of_year>/", population_pages.division, name="division"),
]
