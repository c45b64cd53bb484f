"""Tells the relay of this process that a transaction has changed a feed."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def on_wake(listener: Callable[[], None]) -> Callable[[], None]:
    """Call `listener` (from any thread) after each commit that changed a feed; return how to stop it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def wake_relay() -> None:
    """Wake the relay, if this process has one; another process's relay polls."""
    for listener in list(_listeners):
        listener()
