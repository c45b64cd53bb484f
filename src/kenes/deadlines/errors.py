"""What the ledger of due dates refuses.

    KenesError
    ├── InvalidInput
    │   └── InvalidTerm
    │       ├── ExtensionNeedsReason   a later date without a reason
    │       └── DueDateIsPast          a date before the day of the act
    └── Conflict
        └── TermIsClosed               the thing is done; its date stands

A line of the ledger is never changed or removed: `kenes.core.append_only.RowIsAppendOnly`.
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, InvalidInput


class InvalidTerm(InvalidInput):
    type = "invalid-term"
    message = _("This due date cannot be taken. Please choose another one.")


class ExtensionNeedsReason(InvalidTerm):
    type = "extension-needs-reason"
    message = _("A later date needs a reason. Please say why more time is needed.")


class DueDateIsPast(InvalidTerm):
    type = "due-date-is-past"
    message = _("The due date is in the past. Please choose today or a later day.")


class TermIsClosed(Conflict):
    type = "term-is-closed"
    message = _("This term is closed: what was due is done, and its date stays as it is.")
