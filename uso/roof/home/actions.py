"""Long tasks run again on a person's word."""

from municipalities.models import User
from uso.ground.actions import action
from uso.ground.jobs import runner
from uso.ground.jobs.models import Job
from uso.ground.tenancy.crossing import scope_of


@action()
def retry_job(*, job: Job, by: User) -> Job:
    """Run a failed task again, in the scope it lives in."""
    with scope_of(
        job.municipality_id, reason="jobs of the whole network belong to no municipality"
    ):
        runner.retry_job(job)
    return job
