"""Tables of the kernel, one module per noun."""

from schola.kernel.models.job import Job, Schedule
from schola.kernel.models.organization import Organization
from schola.kernel.models.signal import Signal

__all__ = ["Job", "Organization", "Schedule", "Signal"]
