"""Addresses of the invitation: public ones of a season, and those of whoever prepares it."""

from django.urls import path

from uso.roof.brochure import interest_views, invitation_views, page_views, paper_views

SEASON = "uso<int:number>/"

urlpatterns = [
    path("robots.txt", page_views.robots, name="robots"),
    path("sitemap.xml", page_views.sitemap, name="sitemap"),
    path(SEASON, page_views.page, name="page"),
    path(SEASON + "picture-<slug:language>.png", page_views.picture, name="picture"),
    path(SEASON + "invitation-<slug:language>.pdf", invitation_views.public_file, name="file"),
    path(SEASON + "paper/<str:token>/", paper_views.paper, name="paper"),
    path(SEASON + "interest/", interest_views.interest, name="interest"),
    path(SEASON + "interest/sent/", interest_views.interest_sent, name="interest_sent"),
]

INVITATION = "seasons/<int:number>/invitation/"

network_urlpatterns = [
    path(INVITATION, invitation_views.invitation, name="invitation"),
    path(INVITATION + "make/", invitation_views.make_invitation, name="make_invitation"),
    path(INVITATION + "<slug:language>/", invitation_views.file, name="file"),
]
