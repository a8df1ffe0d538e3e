"""Addresses of the workshops, of one municipality and of the network."""

from django.urls import path

from workshops import network_views, views

municipality_urlpatterns = [
    path("workshops/", views.workshops, name="list"),
    path("workshops/ask/", views.ask, name="ask"),
    path("workshops/<int:workshop_id>/", views.workshop, name="detail"),
    path("workshops/<int:workshop_id>/revise/", views.revise, name="revise"),
    path("workshops/<int:workshop_id>/cancel/", views.cancel, name="cancel"),
]
SEASON = "seasons/<int:number>/workshops/"
WORKSHOP = SEASON + "<int:workshop_id>/"
network_urlpatterns = [
    path(SEASON, network_views.season, name="season"),
    path(WORKSHOP, network_views.workshop, name="detail"),
    path(WORKSHOP + "plan/", network_views.plan, name="plan"),
    path(WORKSHOP + "ask-back/", network_views.ask_back, name="ask_back"),
    path(WORKSHOP + "held/", network_views.held, name="held"),
    path(WORKSHOP + "undo-held/", network_views.undo_held, name="undo_held"),
    path(WORKSHOP + "cancel/", network_views.cancel, name="cancel"),
]
