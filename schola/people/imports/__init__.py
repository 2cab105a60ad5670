"""People from a file: read, compared with who is here, shown, then applied, perhaps undone.

begin(person, upload)           keep the file and check it as a job
check_again(row, columns, …)    check it anew, with other columns
apply(row, person)              do what was shown, as a job that goes on where it stopped
undo(row, person)               take it back, as a job of the same kind
"""

from schola.people.imports.actions import apply, begin, check_again, undo

__all__ = ["apply", "begin", "check_again", "undo"]
