"""Presses that made something, so that the same press again leads there."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class UsedPress(models.Model):
    """A form that was sent, and the address of what it made.

    It holds no text of the form, a digest alone; the page at the address asks who may see it.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.address
