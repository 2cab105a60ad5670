"""Jobs that come by the clock, right over changes between summer and winter time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.db import transaction

from schola.kernel import clock
from schola.kernel.jobs.backend import JobTask
from schola.kernel.models import Organization, Schedule
from schola.kernel.tenants import acting_in


@dataclass(frozen=True)
class Scheduled:
    """A job and its cron expression, read in the organization's time zone."""

    task: JobTask
    cron: str


scheduled: dict[str, Scheduled] = {}


def every(cron: str) -> Callable[[JobTask], JobTask]:
    """Let a job without arguments come by the clock in each organization: `@every("0 3 * * *")`."""

    def plan(task: JobTask) -> JobTask:
        scheduled[task.name] = Scheduled(task, cron)
        return task

    return plan


def next_time(cron: str, zone: str, after: datetime) -> datetime:
    """Return the first moment after `after` that the expression names in the zone.

    An hour that the clock jumps over is made up for; one that comes twice counts once.
    """
    return next(CronSim(cron, after.astimezone(ZoneInfo(zone))))


def enqueue_due() -> int:
    """Enqueue what has become due in each organization; return how much. Any worker may ask."""
    now, made = clock.now(), 0
    seen = dict(Schedule.objects.values_list("name", "last_at"))
    for organization in Organization.objects.order_by("pk"):
        for name, plan in scheduled.items():
            last = seen.get(f"{name}:{organization.pk}")
            if last is None or next_time(plan.cron, organization.time_zone, last) <= now:
                made += _enqueue_if_due(organization, name, plan, now)
    return made


@transaction.atomic
def _enqueue_if_due(organization: Organization, name: str, plan: Scheduled, now: datetime) -> bool:
    """Enqueue it unless another worker was faster: whoever holds the row decides."""
    row, fresh = Schedule.objects.select_for_update().get_or_create(
        name=f"{name}:{organization.pk}", defaults={"last_at": now}
    )
    if fresh or next_time(plan.cron, organization.time_zone, row.last_at) > now:
        return False
    row.last_at = now
    row.save(update_fields=["last_at"])
    with acting_in(organization.pk):
        plan.task.enqueue_once("scheduled")
    return True
