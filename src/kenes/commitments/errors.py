"""What a promise on record refuses.

KenesError
├── InvalidInput
│   ├── PromiseHasNoText        422  no text in the language it was said in
│   ├── PromiseTextLength       422  a text is too short or too long
│   ├── PromiseLanguageUnknown  422  not one of the site's languages
│   ├── ExecutorTwice           422  the same body named twice
│   ├── ReportTextLength        422  what was done, in too few or too many letters
│   ├── EvidenceIncomplete      422  neither a file nor a link, or both
│   ├── EvidenceAddressRefused  422  a link that is no web address
│   ├── TooMuchEvidence         422  more pieces than one report takes
│   ├── PersonalDataInWords     422  words for everybody hold somebody's number or address
│   └── CommitmentReasonMissing 422  returned or cancelled without a reason
├── Conflict
│   ├── CommitmentMoved         409  it stands elsewhere by now
│   ├── DoneNeedsEvidence       409  submitted as done without any evidence
│   ├── SecondPersonNeeded      409  accepted by one who reported on it
│   ├── NotAnExecutor           409  the body is not among its executors
│   └── TextStandsAlready       409  it has a text in this language
└── Forbidden
    └── CommitmentUnknown       404
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, Forbidden, InvalidInput


class PromiseHasNoText(InvalidInput):
    type = "promise-has-no-text"
    message = _("Please write the promise in the language it was made in.")


class PromiseTextLength(InvalidInput):
    type = "promise-text-length"
    message = _("The text of the promise must have from %(least)s to %(most)s characters; it has %(length)s.")


class PromiseLanguageUnknown(InvalidInput):
    type = "promise-language-unknown"
    message = _("Please choose the language of the promise: Kazakh, Russian or English.")


class ExecutorTwice(InvalidInput):
    type = "executor-twice"
    message = _("A body is named twice among the executors. Please name each body once.")


class ReportTextLength(InvalidInput):
    type = "report-text-length"
    message = _("Please say what was done in %(least)s to %(most)s characters; there are %(length)s now.")


class EvidenceIncomplete(InvalidInput):
    type = "evidence-incomplete"
    message = _("Each piece of evidence is a file or a link. Please give one of the two.")


class EvidenceAddressRefused(InvalidInput):
    type = "evidence-address-refused"
    message = _("This link is not a web address. It should begin with https:// and name a site.")


class TooMuchEvidence(InvalidInput):
    type = "too-much-evidence"
    message = _("One report takes at most %(most)s pieces of evidence. Please put the rest in another one.")


class PersonalDataInWords(InvalidInput):
    type = "personal-data-in-words"
    message = _("Everybody will read this, and it holds personal data: %(kinds)s. Please take that out.")


class CommitmentReasonMissing(InvalidInput):
    type = "commitment-reason-missing"
    message = _("Please give the reason in a few words: everybody can read it.")


class CommitmentMoved(Conflict):
    type = "commitment-moved"
    message = _("The commitment has changed since you saw it: this cannot be done with it now.")


class DoneNeedsEvidence(Conflict):
    type = "done-needs-evidence"
    message = _("Nothing shows yet that it is done. Please add a file or a link that does.")


class SecondPersonNeeded(Conflict):
    type = "second-person-needed"
    message = _("You reported on this yourself. Somebody else has to look at it and accept it.")


class NotAnExecutor(Conflict):
    type = "not-an-executor"
    message = _("This body is not among the commitment's executors.")


class TextStandsAlready(Conflict):
    type = "text-stands-already"
    message = _("The commitment has a text in this language already. What was promised is not rewritten.")


class CommitmentUnknown(Forbidden):
    type = "commitment-unknown"
