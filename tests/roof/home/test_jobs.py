"""Pages of long tasks: one that failed is run again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from uso.ground.jobs.models import Job, JobState
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = pytest.mark.django_db


def ended(municipality, state) -> Job:
    with across_municipalities(reason="the test makes tasks of anybody"):
        return Job.objects.create(
            municipality=municipality,
            kind="test",
            title="test",
            task_name="mail.send",
            state=state,
            finished_at=timezone.now(),
        )


def state_of(job: Job) -> str:
    with across_municipalities(reason="the test looks at tasks of anybody"):
        return Job.objects.get(pk=job.pk).state


@pytest.mark.parametrize(
    ("before", "after"),
    [(JobState.FAILED, JobState.QUEUED), (JobState.DONE, JobState.DONE)],
)
def test_task_of_the_network_that_failed_is_run_again(client_for, coordinator, before, after):
    job = ended(None, before)

    answer = client_for(coordinator).post(reverse("jobs_network:retry", args=[job.pk]))

    assert answer.url == reverse("jobs_network:detail", args=[job.pk])
    assert state_of(job) == after


def test_task_of_a_municipality_that_failed_is_run_again(client_for, kannus, kannus_contact):
    job = ended(kannus, JobState.FAILED)

    answer = client_for(kannus_contact).post(reverse("jobs:retry", args=["kannus", job.pk]))

    assert answer.url == reverse("jobs:detail", args=["kannus", job.pk])
    assert state_of(job) == JobState.QUEUED


def test_task_of_a_municipality_is_none_of_the_networks(client_for, coordinator, kannus):
    job = ended(kannus, JobState.FAILED)

    answer = client_for(coordinator).post(reverse("jobs_network:retry", args=[job.pk]))

    assert (answer.status_code, state_of(job)) == (404, JobState.FAILED)
