"""Addresses of the start pages, of long tasks, and of pages of other apps that take several."""

from django.urls import path

from seasons.urls import MEMBER
from uso.roof.home import (
    board_views,
    elections_views,
    ending_views,
    handing_views,
    job_views,
    merging_views,
    municipality_views,
    season_views,
    start_views,
)

job_municipality_urlpatterns = [
    path("jobs/<uuid:job_id>/", job_views.municipality_job, name="detail"),
    path("jobs/<uuid:job_id>/retry/", job_views.retry_municipality_job, name="retry"),
]
job_network_urlpatterns = [
    path("jobs/", job_views.network_jobs, name="list"),
    path("jobs/<uuid:job_id>/", job_views.network_job, name="detail"),
    path("jobs/<uuid:job_id>/retry/", job_views.retry_network_job, name="retry"),
]
municipality_urlpatterns = [
    path("", board_views.municipality, name="municipality"),
]
network_urlpatterns = [
    path("", start_views.start, name="start"),
    path("seasons/<int:number>/today/", board_views.today, name="today"),
]
season_urlpatterns = [
    path("seasons/new/", season_views.new_season, name="new"),
    path("seasons/<int:number>/", season_views.season, name="detail"),
    path(MEMBER + "withdraw/", ending_views.withdraw, name="withdraw"),
]
people_urlpatterns = [
    path("municipality/", municipality_views.own_municipality, name="municipality"),
    path("people/after-elections/", elections_views.after_elections_page, name="after_elections"),
    path("people/<int:person_id>/take-off/", ending_views.take_off, name="take_off"),
    path("people/<int:person_id>/merge/<int:double_id>/", merging_views.merge, name="merge"),
    path("contacts/<int:membership_id>/end/", ending_views.end_role, name="end_role"),
    path("contacts/<int:membership_id>/hand-over/", handing_views.hand_over, name="hand_over"),
    path("contacts/<int:membership_id>/day-of-end/", handing_views.role_end, name="role_end"),
]
network_people_urlpatterns = [
    path("municipalities/", municipality_views.municipalities, name="municipalities"),
    path("municipalities/<slug:slug>/", municipality_views.any_municipality, name="municipality"),
    path("roles/<int:membership_id>/end/", ending_views.end_network_role, name="end_role"),
    path("roles/<int:membership_id>/hand-over/", handing_views.hand_over_network, name="hand_over"),
    path("roles/<int:membership_id>/day-of-end/", handing_views.network_role_end, name="role_end"),
]
