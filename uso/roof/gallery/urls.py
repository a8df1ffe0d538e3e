"""Addresses of the theme's switch, and of the gallery where somebody develops or tries."""

from django.conf import settings
from django.urls import path

from uso.roof.gallery import views

urlpatterns = [path("theme/", views.theme, name="theme")]
if not settings.PRODUCTION:
    urlpatterns.append(path("gallery/", views.gallery, name="gallery"))
