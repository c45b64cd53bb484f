"""Every write of following: subscribing and ending, what happened, who was told."""

from kenes.following.actions.ending import (
    change_pace,
    end_subscription,
    forget_address,
    forget_overdue_contacts,
    never_write_again,
)
from kenes.following.actions.happenings import note_due_terms, note_events
from kenes.following.actions.notices import note_askers_told
from kenes.following.actions.subscribing import (
    Wanted,
    ask_subscription,
    confirm_digits,
    confirm_subscription,
    leave_contact,
    send_mine_link,
)
from kenes.following.actions.taking_out import take_out_of_letters
from kenes.following.actions.telling import tell_daily_letters, tell_endpoint_disabled, tell_happenings

__all__ = [
    "Wanted",
    "ask_subscription",
    "change_pace",
    "confirm_digits",
    "confirm_subscription",
    "end_subscription",
    "forget_address",
    "forget_overdue_contacts",
    "leave_contact",
    "never_write_again",
    "note_askers_told",
    "note_due_terms",
    "note_events",
    "send_mine_link",
    "take_out_of_letters",
    "tell_daily_letters",
    "tell_endpoint_disabled",
    "tell_happenings",
]
