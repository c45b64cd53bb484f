"""Every write of commitments: pages, answering, reports and the demo call these."""

from kenes.commitments.actions.keeping import (
    accept_done,
    cancel_commitment,
    change_commitment_due_date,
    return_done,
)
from kenes.commitments.actions.making import (
    PromiseText,
    add_co_executor,
    make_commitment,
    translate_commitment,
)
from kenes.commitments.actions.reporting import Proof, Report, report_progress, submit_done
from kenes.commitments.actions.telling import tell_of_dates

__all__ = [
    "PromiseText",
    "Proof",
    "Report",
    "accept_done",
    "add_co_executor",
    "cancel_commitment",
    "change_commitment_due_date",
    "make_commitment",
    "report_progress",
    "return_done",
    "submit_done",
    "tell_of_dates",
    "translate_commitment",
]
