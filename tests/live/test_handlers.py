"""The protocol's table, resource by resource, over a real engine on a file database."""

import gzip
import json

import pytest

from factories import a_meeting
from kenes.live.contracts import Stream
from kenes.live.models import AnsweredAct
from kenes.programme.models import Meeting
from kenes.questions.models import Question, Vote
from live.engine_parts import Stage, WholeRoom, keyed, off_loop, on_stage

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(is_open=True)


def test_joining_gives_a_token_and_the_same_token_as_a_cookie(meeting):
    async def scenario(stage: Stage) -> None:
        answer = await stage.client.post("/live/rooms/akm-1/join", json={"name": "Teacher"})
        body = answer.json()
        assert answer.status_code == 201
        assert sorted(body) == ["expires_at", "kind", "token"]
        assert body["kind"] == "guest"
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"kenes-AKM-1={body['token']}; ")
        assert [flag for flag in ("HttpOnly", "SameSite=Lax", "Path=/", "Secure") if flag in cookie] == [
            "HttpOnly",
            "SameSite=Lax",
            "Path=/",
        ]
        assert "access-control-allow-origin" not in answer.headers

    on_stage(scenario)


def test_a_question_asked_is_in_the_snapshot_and_the_pages(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1", name="Teacher")
        asked = await stage.ask("AKM-1", who)
        assert asked.status_code == 201
        assert sorted(asked.json()) == ["code", "receipt", "secret", "state", "version"]
        snapshot = (await stage.client.get("/live/rooms/AKM-1/snapshot")).json()
        code = asked.json()["code"]
        assert snapshot["v"] == 1
        assert snapshot["version"] == asked.json()["version"]
        assert snapshot["rows"][code]["text"] == "When will it open?"
        page = (await stage.client.get("/live/rooms/AKM-1/questions?order=new")).json()
        assert [row["code"] for row in page["rows"]] == [code]
        assert (page["v"], page["epoch"], page["version"]) == (1, snapshot["epoch"], snapshot["version"])

    on_stage(scenario)


def test_a_vote_is_cast_and_taken_back(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        code = (await stage.ask("AKM-1", who)).json()["code"]
        cast = await stage.vote("AKM-1", code, who)
        assert cast.json() == {
            "code": code,
            "votes": {"confirmed": 0, "guest": 1},
            "voted": True,
            "version": cast.json()["version"],
        }
        back = await stage.vote("AKM-1", code.lower(), who, method="DELETE")
        assert back.status_code == 200
        assert (back.json()["voted"], back.json()["votes"]["guest"]) == (False, 0)

    on_stage(scenario)
    assert Vote.objects.count() == 0


def test_the_same_key_gets_the_first_result_even_the_secret(meeting):
    async def scenario(stage: Stage) -> None:
        headers = keyed(await stage.join("AKM-1"))
        body = {"text": "When will it open?", "language": "en"}
        first = await stage.client.post("/live/rooms/AKM-1/questions", json=body, headers=headers)
        again = await stage.client.post("/live/rooms/AKM-1/questions", json=body, headers=headers)
        other = await stage.client.post(
            "/live/rooms/AKM-1/questions", json={**body, "text": "Another thing?"}, headers=headers
        )
        assert (first.status_code, first.json()) == (again.status_code, again.json())
        assert (other.status_code, other.json()["type"]) == (422, "urn:kenes:problem:key-reused")

    on_stage(scenario)
    assert Question.objects.count() == 1
    assert AnsweredAct.objects.count() == 1


def test_a_refusal_by_rule_is_kept_and_repeated(meeting):
    Meeting.objects.update(who_may_ask="nobody")

    async def scenario(stage: Stage) -> None:
        headers = keyed(await stage.join("AKM-1"))
        body = {"text": "When will it open?", "language": "en"}
        first = await stage.client.post("/live/rooms/AKM-1/questions", json=body, headers=headers)
        await off_loop(lambda: Meeting.objects.update(who_may_ask="anyone"))
        again = await stage.client.post("/live/rooms/AKM-1/questions", json=body, headers=headers)
        assert first.json() == again.json()
        assert first.status_code == again.status_code == 409

    on_stage(scenario)
    assert Question.objects.count() == 0


def test_me_shows_ones_own_and_nothing_without_a_token(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        code = (await stage.ask("AKM-1", who)).json()["code"]
        own = await stage.client.get("/live/rooms/AKM-1/me", headers=who)
        assert [row["code"] for row in own.json()["questions"]] == [code]
        assert own.headers["cache-control"] == "private, no-store"
        nobody = await stage.client.get("/live/rooms/AKM-1/me")
        assert nobody.status_code == 401
        assert nobody.json()["type"] == "urn:kenes:problem:not-joined"
        assert nobody.headers["www-authenticate"] == "Bearer"

    on_stage(scenario)


def test_a_token_of_another_room_joins_nothing(meeting):
    other = a_meeting(meeting.session, is_open=True)

    async def scenario(stage: Stage) -> None:
        who = await stage.join(other.code)
        asked = await stage.ask(meeting.code, who)
        assert asked.status_code == 401

    on_stage(scenario)


def test_changes_give_a_snapshot_a_frame_or_the_empty_frame(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        before = (await stage.client.get("/live/rooms/AKM-1/changes")).json()
        assert "rows" in before
        version = before["version"]
        empty = (await stage.client.get(f"/live/rooms/AKM-1/changes?since={version}")).json()
        assert empty == {"v": 1, "epoch": before["epoch"], "from": version, "to": version, "changes": []}
        code = (await stage.ask("AKM-1", who)).json()["code"]
        frame = (await stage.client.get(f"/live/rooms/AKM-1/changes?since={version}")).json()
        assert (frame["from"], frame["to"]) == (version, version + 1)
        assert {change["type"] for change in frame["changes"]} == {"question", "counts"}
        assert [change["code"] for change in frame["changes"] if change["type"] == "question"] == [code]
        beyond = (await stage.client.get("/live/rooms/AKM-1/changes?since=999")).json()
        assert beyond["version"] == version + 1

    on_stage(scenario)


def test_a_snapshot_is_built_once_per_version_zipped_once_and_not_sent_twice(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        for number in range(5):
            await stage.ask("AKM-1", who, f"Question number {number} about the youth centres")
        built = stage.engine.reads.snapshots_built
        first = await stage.client.get("/live/rooms/AKM-1/snapshot", headers={"accept-encoding": "br, gzip"})
        plain = await stage.client.get("/live/rooms/AKM-1/snapshot", headers={"accept-encoding": "gzip;q=0"})
        assert first.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert first.json() == plain.json()
        assert first.headers["access-control-allow-origin"] == "*"
        tag = {"if-none-match": first.headers["etag"]}
        again = await stage.client.get("/live/rooms/AKM-1/snapshot", headers=tag)
        assert (again.status_code, again.content) == (304, b"")
        assert stage.engine.reads.snapshots_built == built + 1
        await stage.vote("AKM-1", plain.json()["orders"]["new"]["codes"][0], who)
        assert (await stage.client.get("/live/rooms/AKM-1/snapshot", headers=tag)).status_code == 200

    on_stage(scenario)


PRIVATE = ("snapshot", "questions", "changes", "events")


@pytest.mark.parametrize("resource", PRIVATE)
@pytest.mark.parametrize("stream", ["desk", "speaker"])
def test_a_private_stream_is_404_without_the_right_and_open_with_it(meeting, resource, stream):
    async def scenario(stage: Stage) -> None:
        url = f"/live/rooms/AKM-1/{resource}?stream={stream}"
        assert (await stage.client.get(url)).status_code == 404
        stage.client.cookies.set("sessionid", WholeRoom.desk_key)
        shown = await stage.client.get(url)
        assert shown.status_code == 200
        assert "access-control-allow-origin" not in shown.headers
        foreign = await stage.client.get(url, headers={"sec-fetch-site": "cross-site"})
        assert foreign.status_code == 403

    on_stage(scenario)


def test_events_are_handed_to_the_hub(meeting):
    async def scenario(stage: Stage) -> None:
        await stage.client.get("/live/rooms/akm-1/events")
        assert [(room.code, stream) for room, stream in stage.hub.taken] == [("AKM-1", Stream.PUBLIC)]

    on_stage(scenario)


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/live/rooms/AKM-9/snapshot", 404, "not-found"),
        ("GET", "/live/rooms/AKM-1/nothing", 404, "not-found"),
        ("GET", "/live/rooms/../snapshot", 404, "not-found"),
        ("GET", "/live/rooms/AKM-1/snapshot?stream=secret", 404, "not-found"),
        ("GET", "/live/rooms/AKM-1/changes?since=-1", 422, "invalid-input"),
        ("GET", "/live/rooms/AKM-1/changes?since=1e3", 422, "invalid-input"),
        ("GET", "/live/rooms/AKM-1/changes?since=9223372036854775808", 422, "invalid-input"),
        ("GET", "/live/rooms/AKM-1/changes?since=%D9%A1", 422, "invalid-input"),
        ("GET", "/live/rooms/AKM-1/questions?order=%00", 422, "invalid-input"),
        ("GET", "/live/rooms/AKM-1/join", 405, "wrong-method"),
        ("PUT", "/live/rooms/AKM-1/snapshot", 405, "wrong-method"),
        ("OPTIONS", "/live/rooms/AKM-1/me", 405, "wrong-method"),
    ],
)
def test_what_is_wrong_in_the_address_is_told_apart(meeting, method, path, status, kind):
    async def scenario(stage: Stage) -> None:
        answer = await stage.client.request(method, path)
        assert (answer.status_code, answer.json()["type"]) == (status, f"urn:kenes:problem:{kind}")
        assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"

    on_stage(scenario)


def test_a_wrong_method_is_told_the_right_ones(meeting):
    async def scenario(stage: Stage) -> None:
        answer = await stage.client.put("/live/rooms/AKM-1/questions")
        assert answer.headers["allow"] == "GET, POST, HEAD"

    on_stage(scenario)


def test_other_sites_may_ask_beforehand_only_for_what_is_public(meeting):
    async def scenario(stage: Stage) -> None:
        answer = await stage.client.options("/live/rooms/AKM-1/events")
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
        assert answer.headers["access-control-allow-methods"] == "GET"

    on_stage(scenario)


def test_a_head_is_the_get_without_its_body(meeting):
    async def scenario(stage: Stage) -> None:
        got = await stage.client.get("/live/rooms/AKM-1/snapshot", headers={"accept-encoding": "identity"})
        head = await stage.client.head("/live/rooms/AKM-1/snapshot", headers={"accept-encoding": "identity"})
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(got.content))

    on_stage(scenario)


BODIES = [
    (b"{", "application/json", 400, "bad-json"),
    (b"[]", "application/json", 400, "bad-json"),
    (b"\xff\xfe", "application/json", 400, "bad-json"),
    (b'{"text": NaN}', "application/json", 400, "bad-json"),
    (b"[" * 60_000, "application/json", 400, "bad-json"),
    (b'{"text": "\\ud800", "language": "en"}', "application/json", 422, "bad-text"),
    (b'{"text": "a\\u0000b", "language": "en"}', "application/json", 422, "bad-text"),
    (b'{"text": "x"}', "text/plain", 415, "wrong-media-type"),
    (b'{"text": "x"}', "application/json; charset=cp1251", 415, "wrong-media-type"),
    (b'{"text": "' + b"x" * 70_000 + b'"}', "application/json", 413, "too-large"),
]


@pytest.mark.parametrize(("body", "kind", "status", "problem"), BODIES)
def test_a_body_that_is_no_question_is_refused_clearly(meeting, body, kind, status, problem):
    async def scenario(stage: Stage) -> None:
        headers = {**keyed(await stage.join("AKM-1")), "content-type": kind}
        answer = await stage.client.post("/live/rooms/AKM-1/questions", content=body, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (status, f"urn:kenes:problem:{problem}")

    on_stage(scenario)
    assert AnsweredAct.objects.count() == 0


@pytest.mark.parametrize(
    "key", [None, "", "x", "12345678-1234-1234-1234-12345678901", "2f0c6f6e-3a54-4f0e-9a53-0d5b0d6c9a11" * 2]
)
def test_an_act_without_a_uuid_for_a_key_is_refused(meeting, key):
    async def scenario(stage: Stage) -> None:
        headers = dict(await stage.join("AKM-1")) | ({} if key is None else {"idempotency-key": key})
        answer = await stage.client.post(
            "/live/rooms/AKM-1/questions", json={"text": "When?", "language": "en"}, headers=headers
        )
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:kenes:problem:key-missing")

    on_stage(scenario)


def test_every_answer_carries_the_security_headers(meeting):
    async def scenario(stage: Stage) -> None:
        for path in ("snapshot", "me", "nothing"):
            headers = (await stage.client.get(f"/live/rooms/AKM-1/{path}")).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
            assert "cache-control" in headers

    on_stage(scenario)


def test_a_person_is_limited_strictly_and_told_when_to_come_back(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        answers = [await stage.ask("AKM-1", who, f"Question number {number}?") for number in range(6)]
        assert [answer.status_code for answer in answers] == [201] * 5 + [429]
        assert answers[-1].headers["retry-after"] == "10"
        other = await stage.join("AKM-1")
        assert (await stage.ask("AKM-1", other)).status_code == 201

    on_stage(scenario)


def test_a_cookie_acts_only_from_our_own_page(meeting):
    async def scenario(stage: Stage) -> None:
        await stage.client.post("/live/rooms/AKM-1/join", json={})
        body = {"text": "When will it open?", "language": "en"}
        url = "/live/rooms/AKM-1/questions"
        foreign = {**keyed(), "origin": "https://elsewhere.example"}
        assert (await stage.client.post(url, json=body, headers=foreign)).status_code == 403
        assert (await stage.client.post(url, json=body, headers=keyed())).status_code == 403
        own = {**keyed(), "origin": "http://localhost"}
        assert (await stage.client.post(url, json=body, headers=own)).status_code == 201

    on_stage(scenario)
    assert Question.objects.count() == 1


def test_the_zipped_bytes_are_the_plain_ones():
    from kenes.live.responses import zipped

    plain = json.dumps({"text": "сұрақ " * 500}).encode()
    document = zipped(plain)
    assert gzip.decompress(document.zipped) == plain
    assert zipped(b"{}").zipped is None
