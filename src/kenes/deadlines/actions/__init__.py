"""What is done in the app: terms and their ledger, the clock's events, calendars, policies."""

from kenes.deadlines.actions.calendars import (
    begin_regional_calendar,
    confirm_edition,
    draft_edition,
    publish_edition,
    remove_day,
    seed_working_calendar,
    set_day,
    set_week,
)
from kenes.deadlines.actions.clocked import (
    extend_term,
    open_term_by_clock,
    pause_term,
    redirect_part,
    redirect_term,
    reopen_term,
    resume_term,
)
from kenes.deadlines.actions.notices import note_told
from kenes.deadlines.actions.policies import load_deadline_policies
from kenes.deadlines.actions.provision import FIRST_YEAR, provide_deadlines
from kenes.deadlines.actions.recomputing import recompute_terms
from kenes.deadlines.actions.terms import change_due_date, close_term, open_term

__all__ = [
    "FIRST_YEAR",
    "begin_regional_calendar",
    "change_due_date",
    "close_term",
    "confirm_edition",
    "draft_edition",
    "extend_term",
    "load_deadline_policies",
    "note_told",
    "open_term",
    "open_term_by_clock",
    "pause_term",
    "provide_deadlines",
    "publish_edition",
    "recompute_terms",
    "redirect_part",
    "redirect_term",
    "remove_day",
    "reopen_term",
    "resume_term",
    "seed_working_calendar",
    "set_day",
    "set_week",
]
