from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "uso.mail"
    verbose_name = "Mail"
