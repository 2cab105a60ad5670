from schola.kernel.permissions import OWN, declare

declare(
    "grade.view",
    "See grades",
    given_to=("instructor", "assistant", "manager", "auditor", "administrator", OWN),
)
declare("grade.edit", "Mark work and change grades", given_to=("instructor", "assistant"))
