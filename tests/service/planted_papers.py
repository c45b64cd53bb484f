"""The planted site's closed meeting with its papers; files that people uploaded or asked for."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

PAPER_QUESTION = "Question on paper?"
TAKEN_OUT_LATER = "Zeinegulova"


def plant_papers(session: Any, account: Any, moderator: Any, planted: dict[str, str], now: Any) -> None:
    """Hold a meeting, close it, make its papers and the register's files, and redact a text after that."""
    from factories import a_meeting
    from kenes.minutes.actions import (
        approve_summary,
        draft_minutes,
        draft_summary,
        finalise_minutes,
        open_minutes_for_remarks,
    )
    from kenes.minutes.tasks import make_documents
    from kenes.rooms.actions import close_meeting

    meeting = a_meeting(session, is_open=True)
    by = {"by": moderator, "at": now}
    later = _hold(meeting, account, planted, by)
    _upload_materials(meeting, planted, by)
    close_meeting(meeting, **by)
    meeting.refresh_from_db()
    minutes = draft_minutes(meeting, **by)
    open_minutes_for_remarks(minutes, **by)
    finalise_minutes(minutes, **by)
    approve_summary(draft_summary(meeting, **by), **by)
    while make_documents(at=now):
        pass
    _ask_for_files(now)
    _take_out(later, planted["the name taken out later"], by)
    while make_documents(at=now):
        pass


def _hold(meeting: Any, account: Any, planted: dict[str, str], by: dict[str, Any]) -> Any:
    from kenes.programme.actions import join_meeting
    from kenes.questions import actions

    at = by["at"]
    signed_in = join_meeting(meeting, name=planted["the account's name"], user=account, previous=None, at=at)
    guest = join_meeting(meeting, name=planted["the guest's name"], user=None, previous=None, at=at)

    def ask(text: str, who: Any) -> Any:
        return actions.ask_question(
            meeting, participant=who, text=text, language="ru", is_anonymous=True, at=at
        )

    spoken = actions.SpokenAnswer(answered_by="Chairman", summary="It is on record.", language="ru")
    actions.answer_aloud(ask(PAPER_QUESTION, signed_in), **by, spoken=spoken)
    refused = ask(f"{planted['the text refused']} on paper?", guest)
    actions.refuse_question(
        refused, **by, ground="abuse", reason=planted["the moderator's words to the asker"]
    )
    actions.withdraw_question(ask(f"{planted['the text withdrawn']} on paper?", signed_in), at=at)
    edited = ask(f"{planted['the text before an edit']} on paper?", guest)
    actions.edit_question(edited, text="Edited on paper?", **by, reason="Clearer")
    actions.answer_aloud(edited, **by, spoken=spoken)
    later = ask(f"Why does {planted['the name taken out later']} not answer?", guest)
    actions.answer_aloud(later, **by, spoken=spoken)
    return later


def _take_out(question: Any, piece: str, by: dict[str, Any]) -> None:
    from kenes.questions.actions import decide_question_hits
    from kenes.redaction.hits import Hit
    from kenes.redaction.states import Certainty, HitKind, Outcome
    from kenes.redaction.subjects import Made, Verdict

    question.refresh_from_db()
    start = question.text.index(piece)
    made = [Made(Hit(start, start + len(piece), HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    decide_question_hits(question, Verdict("text", question.text, made, by["by"], by["at"]))


def _upload_materials(meeting: Any, planted: dict[str, str], by: dict[str, Any]) -> None:
    from files.samples import NAME, a_document, a_picture, a_workbook
    from kenes.files.actions import keep_upload
    from kenes.programme.actions import add_material
    from kenes.programme.plans import MaterialPlan

    assert planted["the author of a file"] == NAME
    # Of a PDF the author stays and its sender is told: docs/howto/redact.md.
    files = {
        "report.docx": a_document(author=NAME),
        "plan.xlsx": a_workbook(company=NAME),
        "hall.jpg": a_picture("JPEG", author=True),
    }
    for name, content in files.items():
        upload = keep_upload(ContentFile(content, name=name), **by)
        add_material(meeting, MaterialPlan(title={"kk": name, "ru": name}, upload=upload), **by)


def _ask_for_files(now: Any) -> None:
    """Let somebody have the whole register made into files, while a name still stands in it."""
    from kenes.register.actions import ask_for_export
    from kenes.register.tasks import export_path, make_waiting_exports

    exports = [ask_for_export(query="", file_format=each, language="ru", at=now) for each in ("csv", "xlsx")]
    make_waiting_exports()
    assert TAKEN_OUT_LATER in export_path(exports[0]).read_text("utf-8")


def plant_endpoint(now: Any) -> None:
    """Let another system be told of everything, at the address in the environment."""
    from kenes.notices.actions import add_endpoint
    from kenes.notices.actions.endpoints import EndpointPlan
    from kenes.notices.states import WebhookEvent

    plan = EndpointPlan(os.environ["PLANTED_HOOK"], WebhookEvent.values, secret="s" * 40)
    add_endpoint(plan, by=None, at=now)


def keep_secrets(folder: Path) -> None:
    """Write down what each asker alone knows: receipts' secrets, participants' tokens."""
    from django.utils import timezone

    from kenes.live.contracts import Claim
    from kenes.live.tokens import sign_claim
    from kenes.programme.models import Participant
    from kenes.questions.models import Question
    from kenes.questions.receipts import receipt_secret

    secrets = {f"the secret of {one.code}": receipt_secret(one) for one in Question.objects.all()}
    for one in Participant.objects.select_related("meeting"):
        claim = Claim(one.pk, one.kind, one.meeting.feed_id)
        secrets[f"the token of participant {one.pk}"] = sign_claim(claim, at=timezone.now()).text
    (folder / "secrets.json").write_text(json.dumps(secrets), "utf-8")
