"""The `kenes` program: Django's commands and ours, under one name."""

import os
import sys


def main() -> None:
    """Run the command named on the command line; `import-places` and `import_places` are the same."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")
    from django.core.management import execute_from_command_line

    program, *words = sys.argv
    if words and not words[0].startswith("-"):
        words[0] = words[0].replace("-", "_")
    execute_from_command_line([program, *words])


if __name__ == "__main__":
    main()
