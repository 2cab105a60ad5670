"""People from a file: read, compared with who is here, shown, then applied.

begin(person, upload)           keep the file and check it as a job
check_again(row, columns, …)    check it anew, with other columns
apply(row)                      do what was shown, as a job that goes on where it stopped
"""

from schola.people.imports.actions import apply, begin, check_again

__all__ = ["apply", "begin", "check_again"]
