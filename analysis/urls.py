"""Addresses of the analysis."""

from django.urls import path

from analysis.views import analyses, flow, peers, season, statistics

municipality_urlpatterns = [
    path("analysis/", analyses.overview, name="overview"),
    path("analysis/peers/", peers.peers, name="peers"),
    path("analysis/indicators/<slug:key>/", analyses.indicator, name="indicator"),
    path("analysis/<int:analysis_id>/approve/", flow.approve, name="approve"),
    path("analysis/<int:analysis_id>/reopen/", flow.reopen, name="reopen"),
    path("analysis/<int:analysis_id>/publish/", flow.publish, name="publish"),
    path("analysis/<int:analysis_id>/tables/", analyses.annex, name="annex"),
    path("analysis/<int:analysis_id>/pdf/<str:language>/", analyses.document, name="document"),
    path(
        "analysis/<int:analysis_id>/pdf/<str:language>/make/",
        analyses.make_document,
        name="make_document",
    ),
]
network_urlpatterns = [
    path("seasons/<int:number>/analyses/", season.season, name="season"),
    path("seasons/<int:number>/analyses/build/", season.build, name="build"),
    path("seasons/<int:number>/analyses/pdf/", season.make_documents, name="make_documents"),
    path("seasons/<int:number>/analyses/approve/", season.approve, name="approve"),
    path("seasons/<int:number>/analyses/publish/", season.publish, name="publish"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/import/", statistics.start_import, name="import_statistics"),
    path("statistics/imports/<int:run_id>/accept/", statistics.accept_import, name="accept_import"),
]
