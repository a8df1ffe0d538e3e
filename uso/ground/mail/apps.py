from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "uso.ground.mail"
    verbose_name = "Mail"
