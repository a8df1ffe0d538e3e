"""A mail server that never answers."""

from smtplib import SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    def open(self):
        raise SMTPServerDisconnected("no answer")

    def send_messages(self, email_messages):
        raise SMTPServerDisconnected("no answer")
