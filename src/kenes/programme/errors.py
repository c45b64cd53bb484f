"""What the programme refuses.

ProgrammeError
├── PeriodReversed          422  the end is not after the start
├── OutsideItsFrame         422  an agenda item outside its meeting, a session outside its campaign
├── UnknownZone             422
├── UnknownKey              422  a sphere, kind, state … that is not on its list
├── TextMissing             422  a text in none of the languages
├── TextTooLong             422
├── RegionHasNoLetters      422  no room code can be made
├── StreamAddressRefused    422  an address that does not fit its kind of stream
├── MaterialIncomplete      422  neither a file nor a link, or both
├── NameTooLong             422
├── SlugTaken               409
├── MeetingMoveRefused      409
└── AgendaMoveRefused       409
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, InvalidInput, KenesError


class ProgrammeError(KenesError):
    type = "programme"


class PeriodReversed(ProgrammeError, InvalidInput):
    type = "period-reversed"
    message = _("The end must be after the start. Please correct one of the two.")


class OutsideItsFrame(ProgrammeError, InvalidInput):
    type = "outside-its-frame"
    message = _("The times must lie within %(start)s – %(end)s.")


class UnknownZone(ProgrammeError, InvalidInput):
    type = "unknown-zone"
    message = _("“%(zone)s” is not a time zone. Write it like Asia/Almaty.")


class UnknownKey(ProgrammeError, InvalidInput):
    type = "unknown-key"
    message = _("“%(value)s” is not one of: %(known)s.")


class TextMissing(ProgrammeError, InvalidInput):
    type = "text-missing"
    message = _("Please write the text in at least one language.")


class TextTooLong(ProgrammeError, InvalidInput):
    type = "text-too-long"
    message = _("Please shorten this text: it may have at most %(limit)s characters.")


class RegionHasNoLetters(ProgrammeError, InvalidInput):
    type = "region-has-no-letters"
    message = _("The region of this place has no letters for room codes. Please give it some first.")


class StreamAddressRefused(ProgrammeError, InvalidInput):
    type = "stream-address-refused"
    message = _("This address does not fit: %(hint)s")


class MaterialIncomplete(ProgrammeError, InvalidInput):
    type = "material-incomplete"
    message = _("A material is either a file or a link: please give exactly one of the two.")


class MaterialAddressRefused(ProgrammeError, InvalidInput):
    type = "material-address-refused"
    message = _("This is not a web address. It must begin with https:// or http://.")


class NameTooLong(ProgrammeError, InvalidInput):
    type = "name-too-long"
    message = _("Please write the name in at most %(limit)s characters.")


class SlugTaken(ProgrammeError, Conflict):
    type = "slug-taken"
    message = _("Another campaign has the address “%(slug)s”. Please choose a different one.")


class MeetingMoveRefused(ProgrammeError, Conflict):
    type = "meeting-move-refused"
    message = _("A meeting that is “%(state)s” cannot become “%(wanted)s”.")


class AgendaMoveRefused(ProgrammeError, Conflict):
    type = "agenda-move-refused"
    message = _("This point cannot become “%(wanted)s” now. Is the meeting open?")
