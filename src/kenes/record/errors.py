"""What the record refuses.

RecordIsAppendOnly      409  an entry is never changed and never removed
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict


class RecordIsAppendOnly(Conflict):
    type = "record-is-append-only"
    message = _("The record is only added to: append an entry that puts right what was wrong.")
