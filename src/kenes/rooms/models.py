"""What only a room has: announcements."""

from django.conf import settings
from django.db import models

from kenes.core.ids import new_public_id
from kenes.live.models import FeedRow
from kenes.programme.models import Meeting


class Announcement(FeedRow):
    """A short text of the moderator to everybody in the room, until it is taken down."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="announcements")
    text = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["feed", "version"], name="announcement_feed_version")]

    def __str__(self) -> str:
        return str(self.text)
