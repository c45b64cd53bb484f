"""Loading the demonstration."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.deadlines.actions import provide_deadlines
from kenes.demo.archive import load_archive
from kenes.demo.cast import load_cast
from kenes.demo.content.people import DOMAIN
from kenes.demo.current import keep_running, load_current
from kenes.programme.models import Campaign
from kenes.territories.actions import load_shipped_places


def load_demo(*, at: datetime) -> bool:
    """Load the demonstration into a database without one; say whether it was loaded.

    Where it is there already nothing is written but the running seminar's times.
    """
    load_shipped_places()
    provide_deadlines(at=at)
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists() or Campaign.objects.exists():
        keep_running(at=at)
        return False
    cast = load_cast(at=at)
    load_archive(cast)
    load_current(cast, at=at)
    return True
