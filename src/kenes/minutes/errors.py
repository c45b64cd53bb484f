"""What minutes and summaries refuse.

KenesError
├── InvalidInput
│   ├── PartTooLong, PartUnknown
│   ├── RemarkMissing, RemarkTooLong, RemarkPlaceUnknown, CorrectionReasonMissing
│   └── SummaryMissing, SummaryTokenUnknown, SummaryNumberTyped
├── Conflict
│   ├── MeetingNotClosed, MinutesExist, MinutesMoved, RemarksUnresolved, RemarkResolved
│   └── SummaryExists, SummaryMoved
└── Forbidden
    └── MinutesUnknown
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, Forbidden, InvalidInput


class PartTooLong(InvalidInput):
    type = "minutes-part-too-long"
    message = _("The part “%(part)s” has %(length)s characters; at most %(limit)s are taken.")


class PartUnknown(InvalidInput):
    type = "minutes-part-unknown"
    message = _("This part of the minutes is not written by hand: it is computed from the records.")


class RemarkMissing(InvalidInput):
    type = "remark-missing"
    message = _("Please write the remark in a few words.")


class RemarkTooLong(InvalidInput):
    type = "remark-too-long"
    message = _("The remark has %(length)s characters; at most %(limit)s are taken.")


class RemarkPlaceUnknown(InvalidInput):
    type = "remark-place-unknown"
    message = _("Please choose the place in the minutes from the list.")


class CorrectionReasonMissing(InvalidInput):
    type = "correction-reason-missing"
    message = _("Please give the reason of the correction: it is printed in the new version.")


class SummaryMissing(InvalidInput):
    type = "summary-missing"
    message = _("A summary needs a text in Kazakh and in Russian.")


class SummaryTokenUnknown(InvalidInput):
    type = "summary-token-unknown"
    message = _("“%(sign)s” stands for no number of this meeting. Those there are: %(known)s.")


class SummaryNumberTyped(InvalidInput):
    type = "summary-number-typed"
    message = _(
        "“%(number)s” was typed by hand. A number in a summary comes from the record: write the sign that "
        "stands for it, such as {{ questions.asked }}."
    )


class MeetingNotClosed(Conflict):
    type = "minutes-meeting-not-closed"
    message = _("Minutes are made from what happened: please close the meeting first.")


class MinutesExist(Conflict):
    type = "minutes-exist"
    message = _("This meeting has minutes already. Make a new version of them.")


class MinutesMoved(Conflict):
    type = "minutes-moved"
    message = _("The minutes have changed since you saw them: this cannot be done with this version now.")


class RemarksUnresolved(Conflict):
    type = "minutes-remarks-unresolved"
    message = _("%(count)s remarks are not resolved yet. Please resolve each of them first.")


class RemarkResolved(Conflict):
    type = "remark-resolved"
    message = _("This remark is resolved already.")


class SummaryExists(Conflict):
    type = "summary-exists"
    message = _("This meeting has a summary already. Edit it or draft it anew.")


class SummaryMoved(Conflict):
    type = "summary-moved"
    message = _("The summary has changed since you saw it: this cannot be done with this version now.")


class MinutesUnknown(Forbidden):
    type = "minutes-unknown"
