"""Loads the volume that the pages are measured with: `python -m bench.load MEETINGS QUESTIONS`."""

import os
import sys


def main() -> None:
    """Fill the configured database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from bench.content import fill_room, load_campaign

    meetings, questions = map(int, sys.argv[1:3])
    now = timezone.now()
    first, *_ = load_campaign(meetings=meetings, at=now)
    fill_room(first, questions=questions, voters=20, at=now)


if __name__ == "__main__":
    main()
