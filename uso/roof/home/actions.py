"""What takes several apps: things that end with all that hangs on them, tasks run again."""

from datetime import date

from analysis.actions.experts import remove_expert
from municipalities.actions import end_membership
from municipalities.models import Membership, User
from uso.ground.actions import action
from uso.ground.jobs import runner
from uso.ground.jobs.models import Job
from uso.ground.tenancy.crossing import scope_of
from uso.roof.home.queries import endings


@action()
def end_role(
    *, membership: Membership, by: User, on: date, sure: bool = False, warned: str = ""
) -> Membership:
    """End a role; the analyses an expert has not finished wait for another."""
    ended = end_membership(membership=membership, by=by, on=on, sure=sure, warned=warned)
    for assignment in endings.unfinished_analyses(ended):
        remove_expert(assignment=assignment, by=by)
    return ended


@action()
def retry_job(*, job: Job, by: User) -> Job:
    """Run a failed task again, in the scope it lives in."""
    with scope_of(
        job.municipality_id, reason="jobs of the whole network belong to no municipality"
    ):
        runner.retry_job(job)
    return job
