"""What following refuses.

KenesError
├── InvalidInput
│   ├── AddressWrong, NumberWrong, PaceUnknown, TopicUnknown, ConsentMissing
│   └── CodeWrong
├── Conflict
│   └── NoTextMessages, TooManySubscriptions, LinkTooOld
└── Forbidden
    └── SubscriptionUnknown
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, Forbidden, InvalidInput


class AddressWrong(InvalidInput):
    type = "follow-address-wrong"
    message = _("This is not an e-mail address. Please check it.")


class NumberWrong(InvalidInput):
    type = "follow-number-wrong"
    message = _("Please write the number in full, beginning with + and the country's code: +7 701 …")


class PaceUnknown(InvalidInput):
    type = "follow-pace-unknown"
    message = _("Please choose how often you wish to be told.")


class TopicUnknown(InvalidInput):
    type = "follow-topic-unknown"
    message = _("This cannot be followed.")


class ConsentMissing(InvalidInput):
    type = "follow-consent-missing"
    message = _("Without your consent the address cannot be kept.")


class CodeWrong(InvalidInput):
    type = "follow-code-wrong"
    message = _("These are not the digits we sent. Please check them, or ask for new ones.")


class NoTextMessages(Conflict):
    type = "no-text-messages"
    message = _("Text messages are not sent here. Please give an e-mail address.")


class TooManySubscriptions(Conflict):
    type = "too-many-subscriptions"
    message = _("This address follows %(most)s things already. Please end one of them first.")


class LinkTooOld(Conflict):
    type = "follow-link-too-old"
    message = _("This link is no longer good. Please subscribe again.")


class SubscriptionUnknown(Forbidden):
    type = "subscription-unknown"
