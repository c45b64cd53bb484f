"""Every change of the programme. Page, admin, API and demo call these, nothing writes beside them."""

from kenes.programme.actions.agenda import (
    add_agenda_item,
    add_speaker,
    change_agenda_item,
    move_agenda_item,
    remove_agenda_item,
)
from kenes.programme.actions.campaigns import create_campaign, create_session
from kenes.programme.actions.equipment import add_material, add_stream
from kenes.programme.actions.meetings import (
    change_meeting,
    change_room_policy,
    close_meeting,
    create_meeting,
    note_presence,
    open_meeting,
)
from kenes.programme.actions.participants import join_meeting

__all__ = [
    "add_agenda_item",
    "add_material",
    "add_speaker",
    "add_stream",
    "change_agenda_item",
    "change_meeting",
    "change_room_policy",
    "close_meeting",
    "create_campaign",
    "create_meeting",
    "create_session",
    "join_meeting",
    "move_agenda_item",
    "note_presence",
    "open_meeting",
    "remove_agenda_item",
]
