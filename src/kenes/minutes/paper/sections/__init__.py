"""The sections of the minutes, in the order that such papers have in Kazakhstan."""

from kenes.minutes.paper.sections.agenda import agenda
from kenes.minutes.paper.sections.decided import decided
from kenes.minutes.paper.sections.ending import ending
from kenes.minutes.paper.sections.heard import heard
from kenes.minutes.paper.sections.meeting import meeting
from kenes.minutes.paper.sections.present import present

SECTIONS = (meeting, present, agenda, heard, decided, ending)

__all__ = ["SECTIONS"]
