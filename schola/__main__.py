"""The `schola` command."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schola.settings")
    if sys.argv[1:2] == ["run"]:  # it outlives all else, so it stays small and loads no Django
        from schola.kernel.supervisor import run

        sys.exit(run(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
