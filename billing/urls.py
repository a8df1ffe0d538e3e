"""Addresses of billing."""

from django.urls import path

from billing import views

municipality_urlpatterns = [
    path("invoices/", views.invoice_list, name="list"),
    path("invoices/business-id/", views.business_id, name="business_id"),
]
network_urlpatterns = [
    path("seasons/<int:number>/billing/", views.season, name="season"),
    path("seasons/<int:number>/billing/<int:year>/", views.season, name="year"),
    path("seasons/<int:number>/billing/<int:year>/drafts/", views.drafts, name="drafts"),
    path(
        "seasons/<int:number>/billing/<int:year>/drafts/remove/",
        views.remove_drafts,
        name="remove_drafts",
    ),
]
