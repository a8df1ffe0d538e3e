"""Addresses of the seasons; a municipality has no page of its own here."""

from django.urls import URLPattern, path

from seasons import views

MEMBER = "seasons/<int:number>/members/<slug:slug>/"

municipality_urlpatterns: list[URLPattern] = []
network_urlpatterns = [
    path("seasons/", views.seasons, name="list"),
    path("seasons/<int:number>/fee-terms/", views.fee_terms, name="fee_terms"),
    path("seasons/<int:number>/open/", views.open_season, name="open"),
    path("seasons/<int:number>/members/", views.members, name="members"),
    path("seasons/<int:number>/members/add/", views.add_member, name="add_member"),
    path(MEMBER, views.member, name="member"),
    path(MEMBER + "decision/", views.decide, name="decide"),
    path(MEMBER + "decision/correct/", views.correct, name="correct"),
    path(MEMBER + "stage/", views.stage, name="stage"),
    path(MEMBER + "confirm/", views.confirm, name="confirm"),
    path(MEMBER + "restore/", views.restore, name="restore"),
]
