"""The programme in the admin: who may come in, and that every save is an act."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import NOON, a_body, a_campaign, a_meeting, a_region, a_session, a_user, an_agenda_item, grant
from kenes.accounts.models import User
from kenes.files.models import Upload
from kenes.live.models import Feed
from kenes.organisations.models import Organisation
from kenes.programme.actions import add_stream
from kenes.programme.models import (
    AgendaItem,
    AgendaSpeaker,
    Campaign,
    Material,
    Meeting,
    RegionTarget,
    StrategicSession,
    VideoStream,
)
from kenes.programme.plans import StreamPlan
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def an_editor(client: Client, body: Organisation | None = None) -> User:
    editor = grant(a_user("editor", is_staff=True), "editor", body)
    client.force_login(editor)
    return editor


def management(prefix: str, *, total: int = 0, initial: int = 0) -> dict[str, Any]:
    counts = {"TOTAL_FORMS": total, "INITIAL_FORMS": initial, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {f"{prefix}-{name}": number for name, number in counts.items()}


def meeting_data(session: StrategicSession, **fields: Any) -> dict[str, Any]:
    return {
        "title_kk": "Семинар",
        "title_ru": "Семинар",
        "title_en": "",
        "session": session.pk,
        "kind": "seminar",
        "sphere": "youth",
        "second_sphere": "",
        "host": session.campaign.host.pk,
        "place": session.region.pk,
        "format": "online",
        "languages": ["kk", "ru"],
        "zone": "Asia/Almaty",
        "starts_at_0": "2021-02-18",
        "starts_at_1": "12:00:00",
        "ends_at_0": "2021-02-18",
        "ends_at_1": "14:00:00",
        "publishing": "at_once",
        "who_may_ask": "anyone",
        "who_may_vote": "anyone",
        "summary_kk": "",
        "summary_ru": "",
        "summary_en": "",
        **management("agenda"),
        **management("streams"),
        **management("materials"),
        **fields,
    }


def errors_of(response: Any) -> list[str]:
    context = response.context
    forms = [context["adminform"].form] + [
        form for one in context["inline_admin_formsets"] for form in one.formset.forms
    ]
    return [str(error) for form in forms for messages in form.errors.values() for error in messages]


def test_an_editor_makes_a_campaign_with_its_intended_numbers(client: Client) -> None:
    body, region = a_body(), a_region()
    editor = an_editor(client, body)
    data = {
        "title_kk": "Күндер",
        "title_ru": "Дни",
        "title_en": "",
        "slug": "days",
        "host": body.pk,
        "starts_on": "2021-02-01",
        "ends_on": "2021-02-28",
        "spheres": ["youth"],
        "intended_meetings": 14,
        "summary_kk": "",
        "summary_ru": "",
        "summary_en": "",
        **management("region_targets", total=1),
        "region_targets-0-region": region.pk,
        "region_targets-0-intended_meetings": 5,
    }
    response = client.post("/admin/programme/campaign/add/", data)
    assert response.status_code == 302, errors_of(response)
    assert Campaign.objects.values_list("slug", "spheres").get() == ("days", ["youth"])
    assert RegionTarget.objects.get().intended_meetings == 5
    entries = Entry.objects.filter(object_kind="campaign").values_list("act", "by")
    assert list(entries) == [("create_campaign", editor.pk), ("set_region_target", editor.pk)]


def test_a_campaign_must_end_after_it_starts_and_needs_both_obligatory_languages(client: Client) -> None:
    campaign = a_campaign()
    an_editor(client, campaign.host)
    data = {
        "title_kk": "Күндер",
        "slug": "days-2021",
        "host": campaign.host.pk,
        "starts_on": "2021-02-28",
        "ends_on": "2021-02-01",
        "spheres": ["youth"],
        **management("region_targets"),
    }
    path = f"/admin/programme/campaign/{campaign.pk}/change/"
    assert errors_of(client.post(path, data, headers={"Accept-Language": "en"})) == [
        "This field is required.",
        "The end must be after the start. Please correct one of the two.",
    ]


def test_a_change_of_a_session_is_recorded(client: Client) -> None:
    session = a_session()
    editor = an_editor(client, session.campaign.host)
    data = {
        "title_kk": "Жаңа",
        "title_ru": "Новая",
        "campaign": session.campaign.pk,
        "region": session.region.pk,
        "starts_on": "2021-02-15",
        "ends_on": "2021-02-19",
    }
    path = f"/admin/programme/strategicsession/{session.pk}/change/"
    assert client.post(path, data).status_code == 302
    assert StrategicSession.objects.values_list("title_kk", "title_ru").get() == ("Жаңа", "Новая")
    entry = Entry.objects.get(act="change_session")
    assert (entry.by_id, entry.detail) == (editor.pk, {"fields": ["title_en", "title_kk", "title_ru"]})


def test_a_meeting_made_here_has_its_room_agenda_stream_and_file(client: Client) -> None:
    session = a_session()
    editor = an_editor(client, session.campaign.host)
    data = meeting_data(
        session,
        **management("agenda", total=1),
        **{
            "agenda-0-position": 1,
            "agenda-0-title_kk": "Есеп",
            "agenda-0-title_ru": "Отчёт",
            "agenda-0-starts_at_0": "2021-02-18",
            "agenda-0-starts_at_1": "12:00:00",
            "agenda-0-ends_at_0": "2021-02-18",
            "agenda-0-ends_at_1": "12:30:00",
        },
        **management("streams", total=1),
        **{"streams-0-position": 0, "streams-0-kind": "link", "streams-0-url": "https://example.org/x"},
        **management("materials", total=1),
        **{
            "materials-0-title_kk": "Құжат",
            "materials-0-title_ru": "Документ",
            "materials-0-url": "",
            "materials-0-file": SimpleUploadedFile("../../plan.pdf", PDF),
        },
    )
    response = client.post("/admin/programme/meeting/add/", data)
    assert response.status_code == 302, errors_of(response)
    meeting = Meeting.objects.get()
    assert (meeting.code, meeting.starts_at, meeting.languages) == ("AKM-1", NOON, ["kk", "ru"])
    assert AgendaItem.objects.values_list("starts_at", "feed").get() == (NOON, meeting.feed_id)
    assert VideoStream.objects.get().url == "https://example.org/x"
    assert Material.objects.get().upload == Upload.objects.get()
    assert set(Entry.objects.filter(at__year__gte=2022).values_list("by", flat=True)) == {editor.pk}


def test_times_are_read_and_shown_on_the_clock_of_the_place(client: Client) -> None:
    session = a_session()
    an_editor(client, session.campaign.host)
    data = meeting_data(session, zone="Asia/Aqtobe")
    assert client.post("/admin/programme/meeting/add/", data).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(2021, 2, 18, 7, tzinfo=UTC)
    path = f"/admin/programme/meeting/{meeting.pk}/change/"
    shown = client.get(path).context["adminform"].form.initial
    assert [shown[name].hour for name in ("starts_at", "ends_at")] == [12, 14]
    version = meeting.version
    assert client.post(path, data).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at.hour, meeting.version) == (7, version)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"ends_at_1": "11:00:00"}, "The end must be after the start. Please correct one of the two."),
        ({"zone": "Mars/Base"}, "“Mars/Base” is not a time zone. Write it like Asia/Almaty."),
        ({"place": "0"}, "Select a valid choice. That choice is not one of the available choices."),
        ({"languages": ["de"]}, "Select a valid choice. de is not one of the available choices."),
        (
            {
                **management("streams", total=1),
                "streams-0-position": 0,
                "streams-0-kind": "hls",
                "streams-0-url": "https://example.org/live.mp4",
            },
            "This address does not fit: video in the page needs an address that ends in .m3u8.",
        ),
        (
            {
                **management("streams", total=1),
                "streams-0-position": 0,
                "streams-0-kind": "link",
                "streams-0-url": "http://example.org/live",
            },
            "This address does not fit: it must begin with https:// and a host's name.",
        ),
        (
            {
                **management("materials", total=1),
                "materials-0-title_kk": "Құжат",
                "materials-0-title_ru": "Документ",
            },
            "A material is either a file or a link: please give exactly one of the two.",
        ),
        (
            {
                **management("agenda", total=1),
                "agenda-0-position": 1,
                "agenda-0-title_kk": "Есеп",
                "agenda-0-title_ru": "Отчёт",
                "agenda-0-starts_at_0": "2021-02-18",
                "agenda-0-starts_at_1": "11:59:00",
                "agenda-0-ends_at_0": "2021-02-18",
                "agenda-0-ends_at_1": "12:30:00",
            },
            "The times must lie within 12:00 – 14:00.",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    client: Client, fields: dict[str, Any], expected: str
) -> None:
    session = a_session()
    an_editor(client, session.campaign.host)
    data = meeting_data(session, **fields)
    response = client.post("/admin/programme/meeting/add/", data, headers={"Accept-Language": "en"})
    assert errors_of(response) == [expected]
    assert (Meeting.objects.count(), Feed.objects.count()) == (0, 0)


def test_a_file_of_a_kind_that_is_not_taken_is_refused(client: Client) -> None:
    session = a_session()
    an_editor(client, session.campaign.host)
    data = meeting_data(
        session,
        **management("materials", total=1),
        **{
            "materials-0-title_kk": "Құжат",
            "materials-0-title_ru": "Документ",
            "materials-0-file": SimpleUploadedFile("run.pdf", b"MZ\x90\x00 not a document"),
        },
    )
    response = client.post("/admin/programme/meeting/add/", data)
    assert (response.status_code, Upload.objects.count(), Material.objects.count()) == (200, 0, 0)


def test_changes_of_a_meeting_policy_and_agenda_stamp_its_feed(client: Client) -> None:
    meeting = a_meeting()
    item = an_agenda_item(meeting)
    stream = add_stream(meeting, StreamPlan(kind="link", url="https://example.org/a"), by=None, at=NOON)
    an_editor(client, meeting.session.campaign.host)
    data = meeting_data(
        meeting.session,
        second_sphere="family",
        title_kk="Жастар семинары",
        title_ru="Другое имя",
        title_en="Youth seminar",
        publishing="hold",
        **management("agenda", total=1, initial=1),
        **{
            "agenda-0-id": item.pk,
            "agenda-0-meeting": meeting.pk,
            "agenda-0-DELETE": "on",
            "agenda-0-position": 1,
            "agenda-0-title_kk": "Report",
            "agenda-0-title_ru": "Report",
            "agenda-0-starts_at_0": "2021-02-18",
            "agenda-0-starts_at_1": "12:00:00",
            "agenda-0-ends_at_0": "2021-02-18",
            "agenda-0-ends_at_1": "12:30:00",
        },
        **management("streams", total=1, initial=1),
        **{
            "streams-0-id": stream.pk,
            "streams-0-meeting": meeting.pk,
            "streams-0-position": 0,
            "streams-0-kind": "link",
            "streams-0-url": "https://example.org/b",
        },
    )
    response = client.post(f"/admin/programme/meeting/{meeting.pk}/change/", data)
    assert response.status_code == 302, errors_of(response)
    meeting.refresh_from_db()
    assert (meeting.title_ru, meeting.publishing) == ("Другое имя", "hold")
    assert (VideoStream.objects.get().url, AgendaItem.objects.get().removed_at is None) == (
        "https://example.org/b",
        False,
    )
    acts = Entry.objects.filter(at__year__gte=2022).values_list("act", flat=True)
    assert list(acts) == ["change_meeting", "change_room_policy", "remove_agenda_item", "save_stream"]
    assert meeting.feed.version == 3 + len(acts)


def test_speakers_are_added_on_the_page_of_their_point(client: Client) -> None:
    item = an_agenda_item(a_meeting())
    an_editor(client)
    speaker = a_user("speaker")
    data = {
        "position": 1,
        "title_kk": "Есеп",
        "title_ru": "Отчёт",
        "starts_at_0": "2021-02-18",
        "starts_at_1": "12:00:00",
        "ends_at_0": "2021-02-18",
        "ends_at_1": "12:30:00",
        **management("speakers", total=1),
        "speakers-0-position": 0,
        "speakers-0-role_kk": "Төраға",
        "speakers-0-role_ru": "Председатель",
        "speakers-0-user": speaker.email,
    }
    path = f"/admin/programme/agendaitem/{item.pk}/change/"
    response = client.post(path, data)
    assert response.status_code == 302, errors_of(response)
    assert AgendaSpeaker.objects.values_list("role_ru", "user").get() == ("Председатель", speaker.pk)
    outside = client.post(path, {**data, "ends_at_1": "15:00:00", **management("speakers")})
    assert len(errors_of(outside)) == 1


def test_rooms_are_opened_from_the_list_and_refusals_are_told(client: Client) -> None:
    session = a_session()
    planned, running = a_meeting(session), a_meeting(session, is_open=True)
    an_editor(client)
    data = {"action": "open_rooms", "_selected_action": [planned.pk, running.pk]}
    response = client.post("/admin/programme/meeting/", data, follow=True, headers={"Accept-Language": "en"})
    assert sorted(str(message) for message in response.context["messages"]) == [
        "AKM-2: A meeting that is “Open” cannot become “Open”.",
        "The room AKM-1 is open.",
    ]
    assert set(Meeting.objects.values_list("state", flat=True)) == {"open"}


PAGES = ["campaign", "strategicsession", "meeting", "agendaitem"]
ROLES = [None, "participant", "moderator", "speaker", "officer", "editor", "administrator"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_only_editors_and_administrators_of_the_host_reach_the_admin(
    client: Client, page: str, role: str | None
) -> None:
    item = an_agenda_item(a_meeting())
    rows: dict[str, Any] = {
        "agendaitem": item,
        "meeting": item.meeting,
        "strategicsession": item.meeting.session,
        "campaign": item.meeting.session.campaign,
    }
    host = item.meeting.session.campaign.host
    path = f"/admin/programme/{page}/{rows[page].pk}/change/"
    seen = []
    for body in (host, a_body("Elsewhere")):
        if role is not None:
            user = a_user(f"{role}-{body.pk}", is_staff=True)
            client.force_login(user if role == "participant" else grant(user, role, body))
        seen.append(client.get(path).status_code)
    at_home = 200 if role in {"editor", "administrator"} else 302 if role is None else 403
    # Elsewhere's editor is led away as from a row that does not exist.
    elsewhere = 302 if role in {None, "editor", "administrator"} else 403
    assert seen == [at_home, elsewhere]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_deleted_here(client: Client, page: str) -> None:
    item = an_agenda_item(a_meeting())
    an_editor(client)
    path = f"/admin/programme/{page}/{item.pk}/delete/"
    assert client.post(path, {"post": "yes"}).status_code == 403
    assert AgendaItem.objects.count() == 1


def test_an_editor_may_give_a_campaign_to_no_other_body(client: Client) -> None:
    campaign, other = a_campaign(), a_body("Elsewhere")
    an_editor(client, campaign.host)
    text = client.get(f"/admin/programme/campaign/{campaign.pk}/change/").content.decode()
    offered = [f'<option value="{body.pk}"' for body in (campaign.host, other)]
    assert [text.count(option) for option in offered] == [1, 0]


def test_each_text_is_labelled_with_the_name_of_its_language(client: Client) -> None:
    an_editor(client)
    form = client.get("/admin/programme/campaign/add/", headers={"Accept-Language": "en"}).context[
        "adminform"
    ]
    labels = [str(form.form.fields[f"title_{language}"].label) for language in ("kk", "ru", "en")]
    assert labels == ["Title (Қазақша)", "Title (Русский)", "Title (English)"]
