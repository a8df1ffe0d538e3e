"""Telling coordinators that an import waits for them, once."""

import hashlib

from django.urls import reverse

from analysis.models import ImportRun
from analysis.queries.statistics import coordinators
from municipalities.longwork import place
from uso.mail.actions import queue_message


def tell_held(run: ImportRun) -> None:
    """Write to each coordinator that an import is held; the same loss found again is not told again."""
    answers = "".join(sorted(run.answers.values_list("sha256", flat=True)))
    occasion = hashlib.sha256(answers.encode()).hexdigest()[:16]
    with place(None):
        for user in coordinators():
            queue_message(
                key=f"statistics-held:{run.source_id}:{occasion}:{user.pk}",
                template="statistics_held",
                language=user.language,
                to_email=user.email,
                to_name=user.name,
                context={
                    "source": run.source,
                    "report": run.report,
                    "path": reverse("analysis_network:statistics"),
                },
            )
