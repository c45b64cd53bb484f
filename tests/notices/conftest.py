"""A receiver of webhooks, reached on this machine because the tests allow it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from notices.receivers import Receiver, listening


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_TO_PRIVATE = True
    with listening(Receiver()) as one:
        yield one
