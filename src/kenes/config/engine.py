"""The engine of this house: every app's adapters, registered in one place."""

from kenes.live.engine import Engine
from kenes.programme.live import AgendaReader, PresenceNoter, ProgrammeJoiner, RoomRowReader
from kenes.questions.live import AskWriter, CountsReader, QuestionReader, UnvoteWriter, VoteWriter
from kenes.rooms.live import AnnouncementReader, RoomPages


def build_engine() -> Engine:
    """Return the engine over the programme's, the questions' and the rooms' adapters."""
    return Engine(
        readers=[RoomRowReader(), AgendaReader(), QuestionReader(), CountsReader(), AnnouncementReader()],
        writers=[AskWriter(), VoteWriter(), UnvoteWriter()],
        room_reader=RoomPages(),
        joiner=ProgrammeJoiner(),
        presence=PresenceNoter(),
    )
