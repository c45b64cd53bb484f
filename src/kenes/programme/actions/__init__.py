"""Every change of the programme. Page, admin, API and demo call these, nothing writes beside them."""

from kenes.programme.actions.agenda import (
    add_agenda_item,
    add_speaker,
    change_agenda_item,
    enter_agenda_item,
    move_agenda_item,
    remove_agenda_item,
    remove_speaker,
    save_speaker,
)
from kenes.programme.actions.campaigns import (
    add_campaign,
    add_session,
    change_campaign,
    change_session,
    create_campaign,
    create_session,
    drop_region_target,
    set_region_target,
)
from kenes.programme.actions.equipment import (
    add_material,
    add_stream,
    remove_material,
    remove_stream,
    save_material,
    save_stream,
)
from kenes.programme.actions.erasure import forget_participant
from kenes.programme.actions.meetings import (
    add_meeting,
    change_meeting,
    change_room_policy,
    close_meeting,
    create_meeting,
    note_presence,
    open_meeting,
)
from kenes.programme.actions.participants import (
    join_meeting,
)

__all__ = [
    "add_agenda_item",
    "add_campaign",
    "add_material",
    "add_meeting",
    "add_session",
    "add_speaker",
    "add_stream",
    "change_agenda_item",
    "change_campaign",
    "change_meeting",
    "change_room_policy",
    "change_session",
    "close_meeting",
    "create_campaign",
    "create_meeting",
    "create_session",
    "drop_region_target",
    "enter_agenda_item",
    "forget_participant",
    "join_meeting",
    "move_agenda_item",
    "note_presence",
    "open_meeting",
    "remove_agenda_item",
    "remove_material",
    "remove_speaker",
    "remove_stream",
    "save_material",
    "save_speaker",
    "save_stream",
    "set_region_target",
]
