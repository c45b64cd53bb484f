"""The command for the day a back-up is restored."""

from io import StringIO

import pytest
from django.core.management import call_command

from factories import NOON
from kenes.live.epoch import ensure_epoch, read_epoch


@pytest.mark.django_db
def test_renewing_the_epoch_prints_the_new_one():
    before = ensure_epoch(at=NOON)
    assert ensure_epoch(at=NOON) == before
    out = StringIO()
    call_command("renew_epoch", stdout=out)
    assert out.getvalue().strip() == read_epoch(using="default") != before
