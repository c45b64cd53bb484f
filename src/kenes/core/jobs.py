"""The queue of jobs for the worker, in a file of its own: it never waits for the writers' lane.

A job is only a nudge: what must not be lost is a row that the job looks for.
"""

from django.conf import settings
from huey import SqliteHuey

jobs = SqliteHuey("kenes", filename=str(settings.DATA_DIR / "jobs.sqlite3"), results=False)
