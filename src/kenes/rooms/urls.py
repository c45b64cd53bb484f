"""Addresses of a room: its public page, the personal page, desk, projector and speaker's view."""

from django.urls import path

from kenes.rooms.views import desk, mine, room, screens

app_name = "rooms"
urlpatterns = [
    path("rooms/<str:code>/", room.room, name="room"),
    path("rooms/<str:code>/me/", mine.mine, name="mine"),
    path("rooms/<str:code>/questions/", mine.ask, name="ask"),
    path("rooms/<str:code>/questions/<str:question_code>/vote/", mine.vote, name="vote"),
    path("rooms/<str:code>/projector/", screens.projector, name="projector"),
    path("rooms/<str:code>/speaker/", screens.speaker, name="speaker"),
    path("rooms/<str:code>/desk/", desk.desk, name="desk"),
]
