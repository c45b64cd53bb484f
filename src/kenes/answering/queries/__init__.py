"""What is asked of the work on answers: drafts and their chains, the queue, a unit's load."""

from kenes.answering.queries.drafts import (
    chain_of,
    comments_of,
    latest_version,
    place_of,
    running_assignment,
    signature_files_of,
    signing_membership,
    template_of_units,
    template_to_use,
    templates_of,
    templates_of_units,
    texts_of,
    versions_of,
)
from kenes.answering.queries.load import Load, load_by_unit, load_by_writer
from kenes.answering.queries.queue import (
    QueueCounts,
    QueueFilter,
    assignments_with_drafts,
    count_queue,
    drafts_to_read,
    questions_in_queue,
    terms_with_calendars,
)

__all__ = [
    "Load",
    "QueueCounts",
    "QueueFilter",
    "assignments_with_drafts",
    "chain_of",
    "comments_of",
    "count_queue",
    "drafts_to_read",
    "latest_version",
    "load_by_unit",
    "load_by_writer",
    "place_of",
    "questions_in_queue",
    "running_assignment",
    "signature_files_of",
    "signing_membership",
    "template_of_units",
    "template_to_use",
    "templates_of",
    "templates_of_units",
    "terms_with_calendars",
    "texts_of",
    "versions_of",
]
