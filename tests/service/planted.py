"""A site full of people who want to stay unknown: what they gave, and where it must never show."""

import email
import email.policy
import re
import uuid
from datetime import timedelta
from pathlib import Path

import httpx

from crawling import values_in
from service.planted_papers import TAKEN_OUT_LATER, keep_secrets, plant_endpoint, plant_papers
from service.served import ServedSite

PLANTED = {
    "the account's name": "Zhasyryn Suraushy",
    "the account's address": "planted-asker@planted.example.org",
    "the guest's name": "Құпия Қонақ",
    "the caller's name": "Planted Caller",
    "the number taken out": "000229590003",
    "the telephone taken out": "+7 701 555 44 33",
    "the telephone that waits": "8 701 555 22 11",
    "the text that waits": "planted-held-words",
    "the text refused": "planted-refused-words",
    "the text withdrawn": "planted-withdrawn-words",
    "the text before an edit": "planted-words-before-the-edit",
    "the moderator's words to the asker": "planted-reason-words",
    "the words of a rating": "planted-rating-words",
    "the words of a reopening": "planted-reopening-words",
    "the contact's address": "planted-contact@planted.example.org",
    "the contact's telephone": "+77015556677",
    "the network's address": "203.0.113.77",
    "the name taken out later": TAKEN_OUT_LATER,
    "the author of a file": "Planted Author",
}

# A shorter cookie is a choice (the language), no secret.
SHORTEST_SECRET = 16


def plant() -> None:
    """Fill the database of a new site; called in a process of its own with Django set up."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from factories import a_body, a_meeting, a_user, grant
    from kenes.accounts.models import User

    call_command("migrate", verbosity=0)
    now = timezone.now()
    meeting = a_meeting(is_open=True)
    assert meeting.code == "AKM-1", meeting.code
    moderator = grant(a_user("moderator"), "moderator", meeting.host)
    plant_endpoint(now)
    account = User.objects.create_user(PLANTED["the account's address"], name=PLANTED["the account's name"])
    _plant_questions(meeting, account, moderator, a_body("Directorate", "directorate"), now)
    plant_papers(meeting.session, account, moderator, PLANTED, now)
    keep_secrets(Path(settings.DATA_DIR))


def _plant_questions(meeting, account, moderator, unit, now) -> None:  # type: ignore[no-untyped-def]
    from kenes.programme.actions import join_meeting
    from kenes.questions import actions
    from kenes.redaction.rules import find_personal_data
    from kenes.redaction.states import Outcome
    from kenes.redaction.subjects import Made, Verdict

    signed_in = join_meeting(meeting, name=PLANTED["the account's name"], user=account, previous=None, at=now)
    guest = join_meeting(meeting, name=PLANTED["the guest's name"], user=None, previous=None, at=now)

    def ask(text: str, who=guest):  # type: ignore[no-untyped-def]
        return actions.ask_question(
            meeting, participant=who, text=text, language="ru", is_anonymous=True, at=now
        )

    by = {"by": moderator, "at": now}
    for number in range(3):
        ask(f"Shown question {number}?", signed_in)
    taken_out = ask(
        f"ИИН {PLANTED['the number taken out']}, телефон {PLANTED['the telephone taken out']}: где выплата?"
    )
    made = [Made(hit, Outcome.REDACT) for hit in find_personal_data(taken_out.text)]
    actions.decide_question_hits(taken_out, Verdict("text", taken_out.text, made, moderator, now))
    actions.publish_question(taken_out, **by)
    ask(f"{PLANTED['the text that waits']} {PLANTED['the telephone that waits']}?")
    refused = ask(f"{PLANTED['the text refused']}?", signed_in)
    reason = PLANTED["the moderator's words to the asker"]
    actions.refuse_question(refused, **by, ground="personal_data", reason=reason)
    actions.withdraw_question(ask(f"{PLANTED['the text withdrawn']}?"), at=now)
    edited = ask(f"{PLANTED['the text before an edit']}?", signed_in)
    actions.edit_question(edited, text="Edited question?", **by, reason=reason)
    aloud = ask("Answered question?", signed_in)
    spoken = actions.SpokenAnswer(answered_by="Chairman", summary="It will be done.", language="ru")
    actions.answer_aloud(aloud, **by, spoken=spoken)
    owed = ask("Assigned question?", signed_in)
    actions.assign_question(owed, organisation=unit, due_on=(now + timedelta(days=30)).date(), **by)
    _answer_and_reopen(ask("Question asked twice?"), unit, by)
    actions.enter_question(
        meeting,
        by=moderator,
        channel="phone",
        name=PLANTED["the caller's name"],
        text="Question by phone?",
        language="kk",
        is_anonymous=True,
        at=now,
    )


def _answer_and_reopen(question, unit, by) -> None:  # type: ignore[no-untyped-def]
    from kenes.questions import actions

    actions.assign_question(question, organisation=unit, **by)
    actions.submit_draft(question, **by)
    actions.clear_answer(question, **by)
    texts = {"kk": "Бұл тапсырылды.", "ru": "Это поручено."}
    written = actions.WrittenAnswer(texts=texts, language="ru", answered_by="Head", promise="none")
    actions.answer_in_writing(question, written=written, **by)
    actions.rate_answer(question, score=2, at=by["at"], comment=PLANTED["the words of a rating"])
    actions.reopen_question(question, at=by["at"], reason=PLANTED["the words of a reopening"])


PLANT = """
import django
django.setup()
from service.planted import plant
plant()
"""


class Asker:
    """The person behind the planted network address, who asks in the room and follows by the receipt."""

    def __init__(self, site: ServedSite) -> None:
        self._site = site
        headers = {"X-Forwarded-For": PLANTED["the network's address"], "Accept-Language": "en"}
        # What the site gave this person alone: receipt, token, cookies.
        self.secrets: dict[str, str] = {}
        self._client = httpx.Client(base_url=site.url, headers=headers, follow_redirects=True, timeout=30)

    def close(self) -> None:
        """Leave the site."""
        self._client.close()

    def ask_and_leave_a_contact(self) -> None:
        """Ask, open the own pages, and fill in every form there that asks for an address or a telephone."""
        joined = self._client.post(f"{self._site.room}/join", json={"name": PLANTED["the guest's name"]})
        headers = {"Authorization": f"Bearer {joined.json()['token']}", "Idempotency-Key": str(uuid.uuid4())}
        body = {"text": "A question of the asker who follows?", "language": "ru", "anonymous": True}
        asked = self._client.post(f"{self._site.room}/questions", json=body, headers=headers)
        assert asked.status_code == 201, asked.text
        code, secret = asked.json()["code"], str(asked.json()["secret"])
        page = self._client.get(f"/en/questions/{code}/own/{secret}/")
        assert page.status_code == 200, page.text
        links = re.findall(rf'href="([^"]*{re.escape(secret)}[^"]*)"', page.text)
        filled = sum(self._fill_forms(self._client.get(link)) for link in dict.fromkeys(links))
        assert filled + self._fill_forms(page) >= 1, "nowhere could the asker leave an address"
        cookies = {f"the asker's cookie {each.name}": each.value or "" for each in self._client.cookies.jar}
        self.secrets = {name: value for name, value in cookies.items() if len(value) >= SHORTEST_SECRET}
        self.secrets |= {"the asker's secret": secret, "the asker's token": joined.json()["token"]}

    def _fill_forms(self, page: httpx.Response) -> int:
        forms = re.findall(r"<form\b.*?</form>", page.text, re.DOTALL)
        asking = [form for form in forms if 'type="email"' in form or 'type="tel"' in form]
        for form in asking:
            self._fill(form, str(page.url))
        return len(asking)

    def _fill(self, form: str, address: str) -> None:
        action = re.search(r'<form[^>]*\baction="([^"]*)"', form)
        said = {}
        for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", form):
            attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            planted = {"email": PLANTED["the contact's address"], "tel": PLANTED["the contact's telephone"]}
            value = planted.get(attributes.get("type", ""), attributes.get("value", "on"))
            if "name" in attributes:
                said[attributes["name"]] = value
        target = httpx.URL(address).join(action[1] if action else "")
        answer = self._client.post(target, data=said, headers={"Origin": self._site.url, "Referer": address})
        assert answer.status_code in {200, 201, 204}, answer.text


def mails_to_others(folder: Path) -> list[str]:
    """Return the messages kept in files that are not to a planted person, as they are read."""
    own = {PLANTED["the account's address"], PLANTED["the contact's address"]}
    read = []
    for path in (folder / "mail").glob("*"):
        for text in path.read_text("utf-8").split("-" * 79):
            message = email.message_from_string(text.strip(), policy=email.policy.default)
            if message["To"] and message["To"] not in own:
                body = message.get_body(("plain", "html"))
                read.append(f"{message.items()} {body.get_content() if body else ''}")
    return read


def leaking(texts: dict[str, str], planted: dict[str, str]) -> dict[str, list[str]]:
    """Return the named texts in which a planted value stands."""
    found = {name: values_in(text, planted) for name, text in texts.items()}
    return {name: values for name, values in found.items() if values}
