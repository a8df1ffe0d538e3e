"""Addresses of the analysis."""

from django.urls import path

from analysis.views import (
    analyses,
    charts,
    experts,
    files,
    flow,
    indicators,
    peers,
    season,
    statistics,
    texts,
)

municipality_urlpatterns = [
    path("analysis/", analyses.overview, name="overview"),
    path("analysis/peers/", peers.peers, name="peers"),
    path("analysis/indicators/<slug:key>/", analyses.indicator, name="indicator"),
    path("analysis/build/", flow.rebuild, name="rebuild"),
    path("analysis/<int:analysis_id>/approve/", flow.approve, name="approve"),
    path("analysis/<int:analysis_id>/reopen/", flow.reopen, name="reopen"),
    path("analysis/<int:analysis_id>/publish/", flow.publish, name="publish"),
    path("analysis/<int:analysis_id>/review/", texts.review, name="review"),
    path("analysis/<int:analysis_id>/review/keep/", texts.keep_all, name="keep_all"),
    path("analysis/<int:analysis_id>/experts/", experts.assign, name="assign_expert"),
    path(
        "analysis/<int:analysis_id>/experts/<int:expert_id>/remove/",
        experts.remove,
        name="remove_expert",
    ),
    path("analysis/<int:analysis_id>/ready/", experts.ready, name="ready"),
    path(
        "analysis/<int:analysis_id>/sentences/<slug:key>/<slug:rule>/",
        texts.sentence,
        name="sentence",
    ),
    path("analysis/edits/<int:edit_id>/<slug:answer>/", texts.answer_edit, name="answer_edit"),
    path("analysis/<int:analysis_id>/comments/", texts.add_comment, name="add_comment"),
    path("analysis/comments/<int:comment_id>/", texts.change_comment, name="change_comment"),
    path(
        "analysis/comments/<int:comment_id>/<slug:answer>/",
        texts.answer_comment,
        name="answer_comment",
    ),
    path("analysis/indicators/<slug:key>/chart.png", charts.chart_picture, name="chart_picture"),
    path("analysis/indicators/<slug:key>/figures.csv", charts.chart_csv, name="chart_csv"),
    path("analysis/<int:analysis_id>/tables/", analyses.annex, name="annex"),
    path("analysis/<int:analysis_id>/pdf/<slug:language>/", analyses.document, name="document"),
    path(
        "analysis/<int:analysis_id>/pdf/<slug:language>/make/",
        analyses.make_document,
        name="make_document",
    ),
]
network_urlpatterns = [
    path("analyses/", season.open_one, name="open_one"),
    path("seasons/<int:number>/analyses/", season.season, name="season"),
    path("seasons/<int:number>/analyses/build/", season.build, name="build"),
    path("seasons/<int:number>/analyses/pdf/", season.make_documents, name="make_documents"),
    path("seasons/<int:number>/analyses/approve/", season.approve, name="approve"),
    path("seasons/<int:number>/analyses/publish/", season.publish, name="publish"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/import/", statistics.start_import, name="import_statistics"),
    path("statistics/indicators/", indicators.indicators, name="indicators"),
    path("statistics/indicators/add/", indicators.add, name="add_indicator"),
    path("statistics/indicators/<int:indicator_id>/", indicators.edit, name="edit_indicator"),
    path(
        "statistics/indicators/<int:indicator_id>/retire/",
        indicators.retire,
        name="retire_indicator",
    ),
    path(
        "statistics/indicators/<int:indicator_id>/reinstate/",
        indicators.reinstate,
        name="reinstate_indicator",
    ),
    path("statistics/import/all/", statistics.start_live, name="import_live"),
    path("statistics/sources/<slug:code>/file/", files.file, name="statistics_file"),
    path("statistics/imports/<int:run_id>/mapping/", files.mapping, name="statistics_mapping"),
    path(
        "statistics/imports/<int:run_id>/decline/",
        statistics.decline_import,
        name="decline_import",
    ),
    path("statistics/imports/<int:run_id>/accept/", statistics.accept_import, name="accept_import"),
]
