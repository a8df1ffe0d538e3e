"""Addresses of billing."""

from django.urls import path

from billing import views

municipality_urlpatterns = [path("invoices/", views.invoice_list, name="list")]
network_urlpatterns = [path("seasons/<int:number>/billing/", views.season, name="season")]
