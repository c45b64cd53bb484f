"""What asking, voting and moderation refuse.

KenesError
├── InvalidInput
│   ├── TextTooShort, TextTooLong, TextUnreadable, LanguageUnknown
│   ├── NameTooLong, ChannelUnknown, GroundUnknown, ReasonMissing, SecondOutOfRange
│   ├── BothLanguagesNeeded, PartHoldsPersonalData, PromiseUnsaid, NumberMissing, ScoreOutOfRange
│   └── CursorUnknown
├── Conflict
│   ├── AskingClosed, SignInToAsk, VotingClosed, SignInToVote, QuestionTakesNoVotes
│   ├── MoveNotAllowed, MeetingIsClosed, NothingChanged, NoAnswerToRetract
│   ├── AlreadyAssigned, AlreadyAccepted, HostCannotDecline, ReopenedAlready
│   ├── ClockStands, ClockRuns, NothingToTell, PartHasUnit, PartIsDone
│   ├── MergeTargetUnfit, CarriesOthers
│   └── ParticipantLeft
└── Forbidden
    └── QuestionUnknown
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, Forbidden, InvalidInput


class TextTooShort(InvalidInput):
    type = "question-text-too-short"
    message = _(
        "The text has %(length)s characters; at least %(limit)s are needed. Please write it out in words."
    )


class TextTooLong(InvalidInput):
    type = "question-text-too-long"
    message = _(
        "The text has %(length)s characters; at most %(limit)s are taken. Please shorten it by %(excess)s."
    )


class TextUnreadable(InvalidInput):
    type = "question-text-unreadable"
    message = _("Some characters of the text arrived broken. Please type or paste it again.")


class LanguageUnknown(InvalidInput):
    type = "language-unknown"
    message = _("Please choose the language of the text: Kazakh, Russian or English.")


class NameTooLong(InvalidInput):
    type = "asker-name-too-long"
    message = _("The name has %(length)s characters; at most %(limit)s are taken. Please shorten it.")


class ChannelUnknown(InvalidInput):
    type = "channel-unknown"
    message = _("Please say how the question came: by phone or on paper.")


class GroundUnknown(InvalidInput):
    type = "ground-unknown"
    message = _("Please choose a ground of refusal from the list.")


class ReasonMissing(InvalidInput):
    type = "reason-missing"
    message = _("Please give the reason in a few words: it is kept in the record.")


class SecondOutOfRange(InvalidInput):
    type = "second-out-of-range"
    message = _("The second of the recording must be a whole number from 0 to %(limit)s, or left empty.")


class BothLanguagesNeeded(InvalidInput):
    type = "both-languages-needed"
    message = _("A written answer is published in Kazakh and in Russian. Please add the missing text.")


class PartHoldsPersonalData(InvalidInput):
    type = "part-holds-personal-data"
    message = _("The answer seems to name personal data. Please write it without them: it is published.")


class PromiseUnsaid(InvalidInput):
    type = "promise-unsaid"
    message = _("Please say whether the answer makes a commitment or not: it is not signed before that.")


class NumberMissing(InvalidInput):
    type = "appeal-number-missing"
    message = _("Please give the number under which the state's appeal system has the question.")


class ScoreOutOfRange(InvalidInput):
    type = "score-out-of-range"
    message = _("Please choose from %(least)s (not helpful) to %(most)s (fully helpful).")


class CursorUnknown(InvalidInput):
    type = "cursor-unknown"
    message = _("This place in the list is not known. Please open the list from its beginning.")


class AskingClosed(Conflict):
    type = "asking-closed"
    message = _("This meeting takes no questions from the room.")


class SignInToAsk(Conflict):
    type = "sign-in-to-ask"
    message = _("In this meeting signed-in people ask. Please sign in and send the question again.")


class VotingClosed(Conflict):
    type = "voting-closed"
    message = _("Votes are not taken in this meeting now.")


class SignInToVote(Conflict):
    type = "sign-in-to-vote"
    message = _("In this meeting signed-in people vote. Please sign in and vote again.")


class QuestionTakesNoVotes(Conflict):
    type = "question-takes-no-votes"
    message = _("The question no longer takes votes: it is being answered or was answered.")


class MoveNotAllowed(Conflict):
    type = "move-not-allowed"
    message = _("The question has changed since you saw it: this cannot be done with it now.")


class MeetingIsClosed(Conflict):
    type = "question-meeting-closed"
    message = _("The meeting is closed. A question that came later is assigned to a unit or refused.")


class NothingChanged(Conflict):
    type = "nothing-changed"
    message = _("Nothing was changed: the text is the same as before.")


class NoAnswerToRetract(Conflict):
    type = "no-answer-to-retract"
    message = _("The question has no answer that could be taken back.")


class AlreadyAssigned(Conflict):
    type = "already-assigned"
    message = _("This unit has the question already. Its date is moved by an extension or set earlier.")


class AlreadyAccepted(Conflict):
    type = "already-accepted"
    message = _("The unit has accepted this assignment already.")


class HostCannotDecline(Conflict):
    type = "host-cannot-decline"
    message = _("The meeting's host body cannot decline. Please assign the question to the competent unit.")


class ClockStands(Conflict):
    type = "clock-stands"
    message = _("The clock of this answer stands already.")


class ClockRuns(Conflict):
    type = "clock-runs"
    message = _("The clock of this answer runs already.")


class NothingToTell(Conflict):
    type = "nothing-to-tell"
    message = _("Nothing is to be told to the asker now, or it was noted already.")


class PartHasUnit(Conflict):
    type = "part-has-unit"
    message = _("This unit has the question already, or a part of it. Please choose another one.")


class PartIsDone(Conflict):
    type = "part-is-done"
    message = _("This part was answered already, or is to be answered no more.")


class ReopenedAlready(Conflict):
    type = "reopened-already"
    message = _("This question was reopened once already. A new question may be asked instead.")


class MergeTargetUnfit(Conflict):
    type = "merge-target-unfit"
    message = _("It can only be merged into another question of the same meeting that is on the list.")


class CarriesOthers(Conflict):
    type = "carries-others"
    message = _("Other questions were merged into this one. Please undo those merges first.")


class ParticipantLeft(Conflict):
    type = "participant-left"
    message = _("You are no longer known in this room. Please open the room again and repeat.")


class QuestionUnknown(Forbidden):
    type = "question-unknown"
