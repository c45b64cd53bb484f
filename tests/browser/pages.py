"""The pages that the browser walks. A new page is added here with its app.

`{campaign}`, `{session}`, `{room}`, `{closed_room}`, `{question}` are the demonstration's. A page
that answers another status than 200 says which.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A path behind the language, the status it answers, and who looks (a role of the demonstration)."""

    path: str
    status: int = 200
    role: str = ""


PAGES = (
    Page("/"),
    Page("/regions/"),
    Page("/regions/11/"),
    Page("/questions/"),
    Page("/questions/?state=answered"),
    Page("/questions/{question}/"),
    Page("/search/?q=жастар"),
    Page("/search/?q=zzzzzz"),
    Page("/campaigns/"),
    Page("/campaigns/{campaign}/"),
    Page("/campaigns/{campaign}/{session}/"),
    Page("/spheres/youth/"),
    Page("/rooms/{room}/"),
    Page("/rooms/{closed_room}/"),
    Page("/rooms/{room}/me/"),
    Page("/rooms/{room}/projector/"),
    Page("/rooms/{room}/desk/", role="moderator"),
    Page("/work/", role="officer"),
    Page("/work/questions/{owed}/", role="officer"),
    Page("/work/units/{unit}/", role="head"),
    Page("/me/", role="moderator"),
    Page("/nothing-here/", status=404),
    Page("/accounts/login/"),
    Page("/privacy/"),
    Page("/record/"),
)
