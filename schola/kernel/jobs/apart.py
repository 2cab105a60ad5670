"""A job in a process of its own: what decodes foreign media may take memory, time or its life."""

import resource
import subprocess
import sys

from schola.kernel.jobs.backend import jobs
from schola.kernel.models import Job

MEMORY_BYTES = 3 * 2**30
FILE_BYTES = 8 * 2**30
NICENESS = 10
UNKNOWN_SECONDS = 60  # for a job whose app is gone

_children: set[subprocess.Popen] = set()


def run_in_child(row: Job) -> str:
    """Run a job that this worker has taken in a child, wait for it, return how it went wrong.

    The child writes down itself how the job ended; what is returned counts only if it could not,
    because it was killed or took too long.
    """
    command = [sys.executable, "-m", "schola", "run_job", str(row.pk), row.worker, str(row.tries)]
    seconds = jobs[row.name].seconds if row.name in jobs else UNKNOWN_SECONDS
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    _children.add(child)
    try:
        code = child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return f"This job was stopped: it took longer than {seconds} seconds."
    finally:
        _children.discard(child)
    return f"The process of this job ended with code {code}: out of memory, perhaps."


def kill_children() -> None:
    """End the processes of jobs that this worker started. Their jobs are given back."""
    for child in list(_children):
        child.kill()


def limit_this_process(seconds: int) -> None:
    """Bound the memory, processor time and file size of this process for the rest of its life."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
