"""Tables of the kernel, one module per noun."""

from schola.kernel.models.audit import AuditEntry, AuditHead, AuditValues
from schola.kernel.models.file import File, Upload
from schola.kernel.models.idempotency import StoredAnswer
from schola.kernel.models.job import Job, Schedule
from schola.kernel.models.organization import Organization
from schola.kernel.models.search import SearchEntry
from schola.kernel.models.signal import Signal

__all__ = [
    "AuditEntry",
    "AuditHead",
    "AuditValues",
    "File",
    "Job",
    "Organization",
    "Schedule",
    "SearchEntry",
    "Signal",
    "StoredAnswer",
    "Upload",
]
