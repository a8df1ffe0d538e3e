"""Long tasks of the whole network."""

from uuid import UUID

from uso.ground.jobs.models import Job
from uso.ground.tenancy.crossing import across_municipalities

JOBS_SHOWN = 50


def latest_network_jobs() -> list[Job]:
    """List the network's latest long tasks, newest first, with who started them."""
    with across_municipalities(reason="jobs of the whole network belong to no municipality"):
        jobs = Job.objects.filter(municipality=None).select_related("started_by")
        return list(jobs.order_by("-created_at")[:JOBS_SHOWN])


def network_job(job_id: UUID) -> Job | None:
    """Return one of the network's long tasks with its failed parts in `failed_items`."""
    with across_municipalities(reason="jobs of the whole network belong to no municipality"):
        job = Job.objects.filter(pk=job_id, municipality=None).first()
        if job is not None:
            job.failed_items = list(
                job.items.exclude(error="").select_related("municipality").order_by("key")
            )
        return job
