"""Let the first coordinator of an installation in; that one invites everybody else."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from municipalities.actions import create_account
from municipalities.enums import Role
from municipalities.models import Membership, User


class Command(BaseCommand):
    help = "Make somebody a coordinator, who then signs in by an e-mailed code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument("--language", choices=("fi", "sv", "en"), default="fi")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"'{email}' is no e-mail address.") from None
        names = {name: options[name] for name in ("first_name", "last_name", "language")}
        with transaction.atomic():
            user = User.objects.filter(email__iexact=email).first()
            user = user or create_account(email=email, **names, by=None)
            Membership.objects.update_or_create(
                user=user,
                municipality=None,
                role=Role.COORDINATOR,
                defaults={"starts_on": timezone.localdate(), "ends_on": None},
            )
        self.stdout.write(f"{user.email} is a coordinator and can sign in.")
