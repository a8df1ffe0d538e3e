"""Who gets what: jobs (see tests/access.py)."""

from municipalities.models import Municipality
from tests.access import Arguments, World
from uso.ground.jobs.models import Job, JobItem

#                      nobody coord expert contact leader billing jämsä
TABLE = {
    "jobs:retry":          "POST in -> 403 -> -> 403 404",
    "jobs_network:retry":  "POST in -> 403 403 403 403 403",
    "jobs:detail":         "in  200 200 200 200 200 404",
    "jobs_network:list":   "in  200 403 403 403 403 403",
    "jobs_network:detail": "in  200 403 403 403 403 403",
}  # fmt: skip


def of_municipality(world: World) -> Arguments:
    return {"job_id": _job(world.municipality).pk}


def of_network(world: World) -> Arguments:
    return {f"jobs_network:{name}.job_id": _job(None).pk for name in ("detail", "retry")}


def add_row(world: World, n: int) -> None:
    """Add a job here and one of the network, and a part to each of the first three."""
    _job(world.municipality)
    _job(None)
    for job in Job.objects.order_by("created_at")[:3]:
        JobItem.objects.create(job=job, key=f"part {n}", municipality=world.municipality)


def _job(municipality: Municipality | None) -> Job:
    return Job.objects.create(municipality=municipality, kind="test", title="test")
