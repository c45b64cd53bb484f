"""The form of a review: a choice for each finding, and a piece that no rule found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenes.redaction.hits import Hit
from kenes.redaction.sealing import fingerprint_of
from kenes.redaction.states import Certainty, HitKind, Outcome
from kenes.redaction.subjects import Made, ReviewedText

OUTCOMES = [(Outcome.REDACT, _("Take out")), (Outcome.LEAVE, _("Leave"))]


class ReviewForm(forms.Form):
    """Decisions about one text. `seen` tells that the text is still the one that was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)
    piece = forms.CharField(
        label=_("Another piece to take out"),
        required=False,
        max_length=500,
        strip=False,
        help_text=_("Copy it from the text as it stands there. It is taken out wherever it stands."),
    )
    piece_kind = forms.ChoiceField(
        label=_("What the piece is"), choices=HitKind.choices, initial=HitKind.NAME
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        help_text=_("Needed where something is left: for example, it is an office's telephone."),
    )

    def __init__(self, *args: Any, text: ReviewedText, hits: list[Hit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.hits = text, hits
        self.fields["seen"].initial = seen_of(text)
        for hit in hits:
            self.fields[_name(hit)] = forms.ChoiceField(
                label=f"{hit.of(text.text)} ({hit.kind.label}, {hit.certainty.label})",
                choices=OUTCOMES[1:] if text.is_draft else OUTCOMES,
                initial=Outcome.LEAVE if text.is_draft else Outcome.REDACT,
                widget=forms.RadioSelect,
            )
        self.order_fields(["seen", *map(_name, hits), "piece", "piece_kind", "reason"])
        if text.is_draft:
            del self.fields["piece"], self.fields["piece_kind"]

    def clean_seen(self) -> str:
        seen = str(self.cleaned_data["seen"])
        if seen != seen_of(self.text):
            raise forms.ValidationError(_("The text has changed since you looked at it. Please look again."))
        return seen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        piece = cleaned.get("piece", "")
        if piece and not self._places(piece):
            self.add_error("piece", _("This piece is not in the text."))
        outcomes = {cleaned.get(_name(hit)) for hit in self.hits}
        if Outcome.LEAVE in outcomes and not cleaned.get("reason", "").strip():
            self.add_error(
                "reason", _("Please say why the personal data may stay: it is kept in the record.")
            )
        if not self.hits and not piece:
            self.add_error("piece", _("Please copy the piece that is to be taken out."))
        return cleaned

    @property
    def made(self) -> list[Made]:
        """The decisions of a valid form."""
        said = self.cleaned_data
        kind = HitKind(said.get("piece_kind") or HitKind.OTHER)
        named = [Hit(start, end, kind, Certainty.SURE) for start, end in self._places(said.get("piece", ""))]
        kept = [hit for hit in self.hits if not any(_overlap(hit, piece) for piece in named)]
        reason = said["reason"]
        return [
            *(Made(hit, Outcome(said[_name(hit)]), reason) for hit in kept),
            *(Made(hit, Outcome.REDACT, reason) for hit in named),
        ]

    def _places(self, piece: str) -> list[tuple[int, int]]:
        places, start = [], self.text.text.find(piece) if piece.strip() else -1
        while start >= 0:
            places.append((start, start + len(piece)))
            start = self.text.text.find(piece, start + len(piece))
        return places


def seen_of(text: ReviewedText) -> str:
    """Return what tells a text from another without repeating it."""
    return fingerprint_of(text.text, object_kind="seen", object_id=text.field)


def _name(hit: Hit) -> str:
    return f"hit-{hit.start}-{hit.end}"


def _overlap(first: Hit, second: Hit) -> bool:
    return first.start < second.end and second.start < first.end
