"""What is asked of the register: its list, its counts, its choices, and how far the search has read."""

from kenes.register.queries.counted import Choices, Counts, choices_of, counts_of
from kenes.register.queries.exported import find_export, waiting_exports
from kenes.register.queries.indexed import answer_texts_of, changed_since, questions_waiting, waiting_feeds
from kenes.register.queries.listed import RegisterFilter, RegisterPage, questions_of
from kenes.register.queries.listing import Listing, listing_of, page_of
from kenes.register.queries.matched import RANKED

__all__ = [
    "RANKED",
    "Choices",
    "Counts",
    "Listing",
    "RegisterFilter",
    "RegisterPage",
    "answer_texts_of",
    "changed_since",
    "choices_of",
    "counts_of",
    "find_export",
    "listing_of",
    "page_of",
    "questions_of",
    "questions_waiting",
    "waiting_exports",
    "waiting_feeds",
]
