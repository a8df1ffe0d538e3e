"""Addresses of the analysis."""

from django.urls import path

from analysis.views import (
    analysis_pages,
    chart_files,
    expert_pages,
    peer_page,
    season_board,
    steps,
    text_pages,
)

municipality_urlpatterns = [
    path("analysis/", analysis_pages.overview, name="overview"),
    path("analysis/peers/", peer_page.peers, name="peers"),
    path("analysis/indicators/<slug:key>/", analysis_pages.indicator, name="indicator"),
    path("analysis/build/", steps.rebuild, name="rebuild"),
    path("analysis/<int:analysis_id>/approve/", steps.approve, name="approve"),
    path("analysis/<int:analysis_id>/reopen/", steps.reopen, name="reopen"),
    path("analysis/<int:analysis_id>/publish/", steps.publish, name="publish"),
    path("analysis/<int:analysis_id>/review/", text_pages.review, name="review"),
    path("analysis/<int:analysis_id>/review/keep/", text_pages.keep_all, name="keep_all"),
    path("analysis/<int:analysis_id>/experts/", expert_pages.assign, name="assign_expert"),
    path(
        "analysis/<int:analysis_id>/experts/<int:expert_id>/remove/",
        expert_pages.remove,
        name="remove_expert",
    ),
    path("analysis/<int:analysis_id>/ready/", expert_pages.ready, name="ready"),
    path(
        "analysis/<int:analysis_id>/sentences/<slug:key>/<slug:rule>/",
        text_pages.sentence,
        name="sentence",
    ),
    path("analysis/edits/<int:edit_id>/<slug:answer>/", text_pages.answer_edit, name="answer_edit"),
    path("analysis/<int:analysis_id>/comments/", text_pages.add_comment, name="add_comment"),
    path("analysis/comments/<int:comment_id>/", text_pages.change_comment, name="change_comment"),
    path(
        "analysis/comments/<int:comment_id>/<slug:answer>/",
        text_pages.answer_comment,
        name="answer_comment",
    ),
    path(
        "analysis/indicators/<slug:key>/chart.png", chart_files.chart_picture, name="chart_picture"
    ),
    path("analysis/indicators/<slug:key>/figures.csv", chart_files.chart_csv, name="chart_csv"),
    path("analysis/<int:analysis_id>/tables/", analysis_pages.annex, name="annex"),
    path(
        "analysis/<int:analysis_id>/pdf/<slug:language>/", analysis_pages.document, name="document"
    ),
    path(
        "analysis/<int:analysis_id>/pdf/<slug:language>/make/",
        analysis_pages.make_document,
        name="make_document",
    ),
]
network_urlpatterns = [
    path("analyses/", season_board.open_one, name="open_one"),
    path("seasons/<int:number>/analyses/", season_board.season, name="season"),
    path("seasons/<int:number>/analyses/build/", season_board.build, name="build"),
    path("seasons/<int:number>/analyses/pdf/", season_board.make_documents, name="make_documents"),
    path("seasons/<int:number>/analyses/approve/", season_board.approve, name="approve"),
    path("seasons/<int:number>/analyses/publish/", season_board.publish, name="publish"),
]
