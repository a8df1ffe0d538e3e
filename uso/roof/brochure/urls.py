"""Addresses of the invitation: public ones of a season, and those of whoever prepares it."""

from django.urls import path

from uso.roof.brochure import interest_views, page_views

SEASON = "uso<int:number>/"

urlpatterns = [
    path("robots.txt", page_views.robots, name="robots"),
    path("sitemap.xml", page_views.sitemap, name="sitemap"),
    path(SEASON, page_views.page, name="page"),
    path(SEASON + "picture-<slug:language>.png", page_views.picture, name="picture"),
    path(SEASON + "interest/", interest_views.interest, name="interest"),
    path(SEASON + "interest/sent/", interest_views.interest_sent, name="interest_sent"),
]
