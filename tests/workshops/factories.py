"""Workshops for tests, made in an open scope."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.municipalities.factories import UserFactory
from tests.seasons.factories import SeasonFactory
from workshops.models import Workshop


class WorkshopFactory(DjangoModelFactory):
    """A wish; its municipality takes part in the season (`member_of`)."""

    class Meta:
        model = Workshop

    season = factory.SubFactory(SeasonFactory)
    slot = 1
    topic = "Strategian väliarviointi"
    wish = "Valtuustolle ja johtoryhmälle"
    asked_at = factory.LazyFunction(timezone.now)
    asked_by = factory.SubFactory(UserFactory)
