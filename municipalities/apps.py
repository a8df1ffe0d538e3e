from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"
    verbose_name = "Municipalities and people"

    def ready(self) -> None:
        """Hear of allauth's event of an added factor (no signal of a model)."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 -- app ready

        from municipalities.signin import count_first_factor_as_used  # noqa: PLC0415 -- app ready

        authenticator_added.connect(count_first_factor_as_used)
