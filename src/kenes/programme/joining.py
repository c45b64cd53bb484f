"""Lets the apps above move what stands on a guest who turns out to be an account's person.

Foreign keys point downward, so what a guest did (questions, votes) is known only above; those
apps register in `config`, once per process.
"""

from collections.abc import Callable

from kenes.programme.models import Participant

MergeCallback = Callable[[Participant, Participant], None]

_callbacks: list[MergeCallback] = []


def on_merge(callback: MergeCallback) -> Callable[[], None]:
    """Call `callback(guest, account)` inside each merging transaction; return how to stop it.

    The meeting's feed is locked by then, so the callback may change rows of it.
    """
    if callback not in _callbacks:
        _callbacks.append(callback)
    return lambda: _callbacks.remove(callback)


def tell_of_merge(guest: Participant, account: Participant) -> None:
    """Run the callbacks in the order in which they were registered."""
    for callback in _callbacks:
        callback(guest, account)
