"""What the kernel does by the clock.

Each job works for all organizations, so it may run in any; only `free_files` works for its own.
"""

from django.utils.translation import gettext_lazy

from schola.kernel.files import forget_unnamed, mark_unnamed, reap_uploads, sweep
from schola.kernel.idempotency import forget_answers
from schola.kernel.jobs import every, job
from schola.kernel.jobs.worker import forget_done
from schola.kernel.unzip import sweep_unpacked


@every("17 * * * *")
@job(label=gettext_lazy("Uploads of yesterday forgotten"), tries=3)
def forget_uploads() -> None:
    """Delete uploads that were begun a day ago."""
    while reap_uploads():
        pass


@every("11 3 * * *")
@job(label=gettext_lazy("Files that nothing names deleted"), tries=3)
def free_files() -> None:
    """Delete the files of this organization that nothing has named for two weeks."""
    mark_unnamed()
    forget_unnamed()


@every("41 3 * * *")
@job(label=gettext_lazy("Tidying up"), tries=3)
def tidy() -> None:
    """Delete bytes that no file uses, what was half unpacked, answers that nobody asks for again,
    and finished jobs.
    """
    sweep()
    sweep_unpacked()
    forget_answers()
    forget_done()
