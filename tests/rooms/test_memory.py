"""Pages in memory: one a room, order and language; cursors that somebody makes up push nothing out."""

from base64 import urlsafe_b64encode

from django.test import Client

from kenes.programme.models import Meeting, Participant
from kenes.rooms.memory import MOST_FURTHER_PAGES, KeptPage, PageMemory, further_pages, pages
from questions.acts import ask

ROOM = "/en/rooms/AKM-1/"


def kept(words: str) -> KeptPage:
    return KeptPage(words.encode(), b"", words)


def test_a_page_is_found_at_its_version_only() -> None:
    memory = PageMemory()
    memory.keep("room", kept("first"), version=1)
    assert (memory.find("room", version=1), memory.find("room", version=2)) == (kept("first"), None)


def test_a_new_version_takes_the_place_of_the_old_one() -> None:
    memory = PageMemory()
    for version in (1, 2):
        memory.keep("room", kept(str(version)), version=version)
    assert (len(memory), memory.find("room", version=2)) == (1, kept("2"))


def test_the_page_used_longest_ago_makes_room() -> None:
    memory = PageMemory(most=2)
    memory.keep("a", kept("a"), version=1)
    memory.keep("b", kept("b"), version=1)
    memory.find("a", version=1)
    memory.keep("c", kept("c"), version=1)
    held = [memory.find(key, version=1) is not None for key in ("a", "b", "c")]
    assert held == [True, False, True]


def test_a_room_that_moves_keeps_one_page(client: Client, guest: Participant) -> None:
    for number in range(4):
        ask(guest, text=f"Question number {number}?")
        client.get(ROOM)
    assert len(pages) == 1


def test_made_up_cursors_do_not_push_out_a_first_page(meeting: Meeting, client: Client) -> None:
    client.get(ROOM)
    for number in range(MOST_FURTHER_PAGES + 3):
        made_up = urlsafe_b64encode(f"new.{number}".encode()).decode().rstrip("=")
        client.get(ROOM, {"order": "new", "after": made_up})
    assert (len(pages), len(further_pages)) == (1, MOST_FURTHER_PAGES)


def test_made_up_orders_and_queries_are_one_page(meeting: Meeting, client: Client) -> None:
    for query in ("", "?order=top", "?order=sideways", "?utm=1", "?order=&after="):
        client.get(ROOM + query)
    assert len(pages) == 1
