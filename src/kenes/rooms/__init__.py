"""The meeting's public page and the online room: stage, announcements, presence, desk, projector."""
