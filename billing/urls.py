"""Addresses of billing."""

from django.urls import path

from billing import buyer_views, views

municipality_urlpatterns = [
    path("invoices/", views.invoice_list, name="list"),
    path("invoices/business-id/", buyer_views.business_id, name="business_id"),
    path("invoices/e-invoice/", buyer_views.buyer_details, name="buyer_details"),
    path("invoices/e-invoice/confirm/", buyer_views.confirm_details, name="confirm_details"),
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
