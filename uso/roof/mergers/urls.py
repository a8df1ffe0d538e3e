"""Addresses of mergers of municipalities, for coordinators."""

from django.urls import path

from uso.roof.mergers import views

network_urlpatterns = [
    path("mergers/", views.mergers, name="list"),
    path("mergers/look/", views.merge, name="merge"),
]
