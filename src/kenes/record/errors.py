"""What the log refuses.

InvalidInput
└── ReceiptUnreadable   what was given is not a receipt of the log
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput


class ReceiptUnreadable(InvalidInput):
    type = "receipt-unreadable"
    message = _("This is not a receipt. Please give the file as it was downloaded, or all of its text.")
