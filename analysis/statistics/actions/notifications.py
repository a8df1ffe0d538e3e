"""Messages of statistics to coordinators."""

import hashlib

from django.urls import reverse

from analysis.statistics.models import ImportRun
from municipalities.queries import coordinators
from uso.ground.actions import notify
from uso.ground.tenancy.crossing import across_municipalities


def notify_of_held_import(run: ImportRun) -> None:
    """Notify each coordinator that an import is held; the same answers held again notify nobody again."""
    checksums = "".join(sorted(run.answers.values_list("sha256", flat=True)))
    fingerprint = hashlib.sha256(checksums.encode()).hexdigest()[:16]
    with across_municipalities(reason="statistics belong to the whole network"):
        for user in coordinators():
            notify(
                user,
                about=run.source,
                template="statistics_held",
                reply_to=None,
                occasion=fingerprint,
                source=run.source,
                report=run.report,
                path=reverse("statistics_network:sources"),
            )
