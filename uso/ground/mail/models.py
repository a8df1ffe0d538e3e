"""Outbox and log of messages."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    PLANNED = "planned", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")


class Message(models.Model):
    """One message to one address. `key` names rule, recipient and time: it is sent once."""

    municipality = models.ForeignKey(
        "municipalities.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    key = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    to_email = models.EmailField()
    to_name = models.CharField(max_length=130, blank=True)
    reply_to = models.CharField(max_length=400, blank=True, help_text="Who answers a reply")
    subject = models.CharField(max_length=200)
    body_text = models.TextField()
    body_html = models.TextField(blank=True)
    attachments = models.JSONField(
        default=list, help_text="List of {name, content, type}; text contents only"
    )
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.PLANNED)
    planned_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    secret = models.BooleanField(
        default=False, help_text="Holds a link that opens something: its body goes once it is sent"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_has_its_moment",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["planned_at"],
                condition=~Q(state=MessageState.SENT),
                name="message_unsent_by_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"
