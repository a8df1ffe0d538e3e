"""Typed parts of addresses."""

from django.urls.converters import StringConverter


class MunicipalityConverter(StringConverter):
    """The municipality's part of `/k/<municipality:slug>/…`; another name of it leads on to it."""

    regex = "[^/]+"
