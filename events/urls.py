"""Addresses of events: a municipality's, and a season's programme."""

from django.urls import path

from events import programme_views, views

municipality_urlpatterns = [
    path("events/", views.event_list, name="list"),
    path("events/<int:event_id>/", views.event_detail, name="detail"),
    path("registrations/", views.grid, name="grid"),
]

network_urlpatterns = [
    path("seasons/<int:number>/events/", programme_views.season_programme, name="list"),
    path("seasons/<int:number>/events/plan/", programme_views.plan_events, name="plan"),
    path("seasons/<int:number>/events/new/", programme_views.new_event, name="new"),
    path(
        "seasons/<int:number>/events/<int:event_id>/", programme_views.season_event, name="detail"
    ),
    path(
        "seasons/<int:number>/events/<int:event_id>/edit/", programme_views.edit_event, name="edit"
    ),
    path(
        "seasons/<int:number>/events/<int:event_id>/publish/",
        programme_views.publish,
        name="publish",
    ),
    path(
        "seasons/<int:number>/events/<int:event_id>/cancel/", programme_views.cancel, name="cancel"
    ),
]
