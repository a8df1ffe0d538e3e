"""Celery entry points of the invitation."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from seasons.models import Season
from uso.ground.jobs.runner import RunningJob, job_task
from uso.ground.lib.queues import PDF
from uso.roof.brochure import actions


@job_task(name="brochure.invitations", queue=PDF, time_limit=300)
def make_invitations(job: RunningJob, *, season_id: int) -> None:
    """Make the invitations of a season that are missing or out of date."""
    season = Season.objects.get(pk=season_id)
    for done, total in actions.make_invitations(season):
        job.progress(done, total, gettext_noop("Setting the pages"))
    job.result(reverse("brochure_network:invitation", args=[season.number]))
