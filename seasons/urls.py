"""Addresses of the seasons."""

from django.urls import path

from seasons.views import (
    between_seasons,
    board,
    comparison,
    decision_files,
    letter_pages,
    members,
    paper_pages,
    seasons,
    writing,
)

LETTERS = "seasons/<int:number>/letters/"
LETTER = LETTERS + "<int:letter_id>/"
MEMBER = "seasons/<int:number>/members/<slug:slug>/"

municipality_urlpatterns = [
    path("seasons/<int:number>/", seasons.season_of_municipality, name="detail"),
    path(
        "seasons/<int:number>/decision/file/", decision_files.of_municipality, name="decision_file"
    ),
    path("seasons/<int:number>/paper/", paper_pages.of_municipality, name="board_paper"),
]
network_urlpatterns = [
    path("seasons/", seasons.seasons, name="list"),
    path("seasons/compare/", comparison.compare_seasons, name="compare"),
    path("seasons/from-season-to-season/", between_seasons.transitions, name="transitions"),
    path("seasons/empty/", writing.make_empty_season, name="make_empty"),
    path("seasons/<int:number>/edit/<str:part>/", writing.edit_part, name="edit"),
    path("seasons/<int:number>/amendments/", writing.amendments, name="amendments"),
    path("seasons/<int:number>/open/", seasons.open_season, name="open"),
    path("seasons/<int:number>/members/", members.members, name="members"),
    path("seasons/<int:number>/members/add/", members.add_member, name="add_member"),
    path("seasons/<int:number>/members/board/", board.board, name="board"),
    path(LETTERS, letter_pages.letters, name="letters"),
    path(LETTERS + "new/", letter_pages.write_letter, name="write_letter"),
    path(LETTER, letter_pages.letter, name="letter"),
    path(LETTER + "edit/", letter_pages.edit_letter, name="edit_letter"),
    path(LETTER + "leave-out/", letter_pages.leave_out, name="leave_out"),
    path(LETTER + "test/", letter_pages.send_test, name="send_test"),
    path(LETTER + "send/", letter_pages.send, name="send_letter"),
    path(LETTER + "retry/", letter_pages.retry, name="retry_letter"),
    path(LETTER + "remind/", letter_pages.remind, name="remind"),
    path(MEMBER, members.member, name="member"),
    path(MEMBER + "move/", board.move, name="move"),
    path(MEMBER + "next-step/", members.next_step, name="next_step"),
    path(MEMBER + "decision/", members.decide, name="decide"),
    path(MEMBER + "decision/correct/", members.correct, name="correct"),
    path(MEMBER + "stage/", members.stage, name="stage"),
    path(MEMBER + "confirm/", members.confirm, name="confirm"),
    path(MEMBER + "decision/file/", decision_files.of_member, name="decision_file"),
    path(MEMBER + "paper/", paper_pages.of_member, name="board_paper"),
    path(MEMBER + "paper/link/", paper_pages.renew_link, name="renew_link"),
    path(MEMBER + "restore/", members.restore, name="restore"),
]
