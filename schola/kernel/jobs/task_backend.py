"""The store of jobs behind the API that Django 6 has for tasks (DEP 14), for functions of others.

    TASKS = {"default": {"BACKEND": "schola.kernel.jobs.task_backend.JobBackend"}}

What a library marks with `@django_tasks.task` then lands in the same table, in the transaction
and the organization of the caller, and is run by the same worker.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import get_module_path, normalize_json

from schola.kernel import clock
from schola.kernel.jobs.backend import enqueue_many, job
from schola.kernel.jobs.running import checkpoint, current_job
from schola.kernel.models import Job

STATUS = {
    Job.State.WAITING: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
    Job.State.DISCARDED: TaskResultStatus.FAILED,
}


class JobBackend(BaseTaskBackend):
    """Keeps tasks in the table of jobs. Queues are lanes."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, {"QUEUES": ["default", "media"], **params})

    def enqueue(self, task: Task, args: tuple, kwargs: dict[str, Any]) -> TaskResult:
        """Insert one row in the caller's transaction."""
        self.validate_task(task)
        what = {
            "path": get_module_path(task.func),
            "args": normalize_json(list(args)),
            "kwargs": normalize_json(kwargs),
        }
        (row,) = enqueue_many(
            run_task,
            [what],
            lane=task.queue_name,
            priority=task.priority,
            run_at=task.run_after or clock.now(),
        )
        return _result(row, task)

    def get_result(self, result_id: str) -> TaskResult:
        try:
            row = Job.objects.get(pk=result_id, name=run_task.name)
        except (Job.DoesNotExist, ValidationError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return _result(row, import_string(row.arguments["path"]))


@job(label=gettext_lazy("A task of a plugin"), tries=5)
def run_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the task that lives at this path, and keep what it returns with the job."""
    task, row = import_string(path), current_job()
    context = [TaskContext(task_result=_result(row, task))] if task.takes_context else []
    value = normalize_json(task.call(*context, *args, **kwargs))
    checkpoint(value=value)


def _result(row: Job, task: Task) -> TaskResult:
    failed = [TaskError(exception_class_path="builtins.Exception", traceback=row.error)]
    result = TaskResult(
        task=task,
        id=str(row.pk),
        status=STATUS[Job.State(row.state)],
        enqueued_at=row.made_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        last_attempted_at=row.started_at,
        args=row.arguments["args"],
        kwargs=row.arguments["kwargs"],
        backend=task.backend,
        errors=failed if row.error else [],
        worker_ids=[row.worker] * row.tries,
    )
    object.__setattr__(result, "_return_value", row.checkpoint.get("value"))
    return result
