"""What is asked of the app: terms, calendars, policies, proposals and explanations."""

from kenes.deadlines.queries.calendars import as_calendar, calendar_of, current_edition
from kenes.deadlines.queries.clocked import (
    Proposal,
    happened_to,
    policies_of,
    propose_due_date,
    reckoning_of,
)
from kenes.deadlines.queries.notices import notices_of, notices_owed, notices_owed_by
from kenes.deadlines.queries.terms import (
    is_overdue,
    ledger_of,
    open_term_of,
    open_terms,
    open_terms_of,
    terms_behind,
    terms_due_soon,
    terms_overdue,
)

__all__ = [
    "Proposal",
    "as_calendar",
    "calendar_of",
    "current_edition",
    "happened_to",
    "is_overdue",
    "ledger_of",
    "notices_of",
    "notices_owed",
    "notices_owed_by",
    "open_term_of",
    "open_terms",
    "open_terms_of",
    "policies_of",
    "propose_due_date",
    "reckoning_of",
    "terms_behind",
    "terms_due_soon",
    "terms_overdue",
]
