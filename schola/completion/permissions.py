from schola.kernel.permissions import OWN, declare

declare(
    "certificates.view",
    "See certificates",
    given_to=("instructor", "manager", "auditor", "administrator", OWN),
)
declare(
    "certificates.edit",
    "Change how certificates look, re-issue and revoke them",
    given_to=("administrator",),
)
