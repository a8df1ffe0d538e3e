"""Typed parts of addresses."""

from django.urls.converters import SlugConverter


class MunicipalityConverter(SlugConverter):
    """The municipality's part of `/k/<municipality:slug>/…`."""

    regex = "[a-z0-9-]+"
