"""The audit trail: acts of staff, sign-ins, and looks at what is private.

audit.act(person.pk, "role.given", "person", ada.pk, before=None, after={"role": "manager"})
audit.read(person.pk, "grades", "course", course.pk)
audit.verify(organization)    -> what is wrong, in words; empty if nothing is
"""

from schola.kernel.audit.chain import chain_all
from schola.kernel.audit.check import verify
from schola.kernel.audit.trail import act, erase_values, read

__all__ = ["act", "chain_all", "erase_values", "read", "verify"]
