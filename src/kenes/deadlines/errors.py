"""What the ledger of due dates, the clock and the calendars refuse.

    KenesError
    ├── InvalidInput
    │   └── InvalidTerm
    │       ├── ExtensionNeedsReason     a later date without a reason
    │       ├── DueDateIsPast            a date before the day of the act
    │       ├── LaterOnlyByExtension     later than the clock says; extend the term instead
    │       ├── ExtensionNotAllowed      the policy gives none, or none any more
    │       ├── ExtensionTooLong         longer than the policy allows
    │       ├── ExtensionTooLate         decided after the last day
    │       ├── NoPolicyOnDay            no edition of the policy holds on the day
    │       ├── NoCalendar               no calendar is published for the place
    │       ├── CalendarHasNoWorkingDay  nothing can be counted by it
    │       └── EventsOutOfOrder         the events do not follow from each other
    └── Conflict
        ├── TermIsClosed                 the thing is done; its date stands
        ├── TermHasNoClock               its date was set by a person, without a policy
        ├── AlreadyTold                  the asker was told of this before
        └── EditionIsPublished           a published edition never changes; draft the next

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


class LaterOnlyByExtension(InvalidTerm):
    type = "later-only-by-extension"
    message = _("By its policy the term ends earlier. A later date can only come from an extension.")


class ExtensionNotAllowed(InvalidTerm):
    type = "extension-not-allowed"
    message = _("By its policy this term cannot be extended, or not once more.")


class ExtensionTooLong(InvalidTerm):
    type = "extension-too-long"
    message = _("The policy allows an extension of %(count)s at most. Please choose a shorter one.")


class ExtensionTooLate(InvalidTerm):
    type = "extension-too-late"
    message = _("The term has ended already; it could only have been extended by its last day.")


class NoPolicyOnDay(InvalidTerm):
    type = "no-policy-on-day"
    message = _("No edition of this policy holds on %(day)s. Please choose another policy.")


class NoCalendar(InvalidTerm):
    type = "no-calendar"
    message = _("No working calendar is published for this place. Please publish one first.")


class CalendarHasNoWorkingDay(InvalidTerm):
    type = "calendar-has-no-working-day"
    message = _("The calendar %(edition)s has no working days. Please mend it and publish it again.")


class EventsOutOfOrder(InvalidTerm):
    type = "events-out-of-order"
    message = _("These events of a term do not follow from each other. Please check their order.")


class TermIsClosed(Conflict):
    type = "term-is-closed"
    message = _("This term is closed: what was due is done, and its date stays as it is.")


class TermHasNoClock(Conflict):
    type = "term-has-no-clock"
    message = _("The date of this term was set by a person; please change the date itself.")


class AlreadyTold(Conflict):
    type = "already-told"
    message = _("It is noted already that the asker was told of this.")


class EditionIsPublished(Conflict):
    type = "edition-is-published"
    message = _("A published edition is never changed. Please draft the next one and publish that.")
