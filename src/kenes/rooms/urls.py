"""Addresses of a room: its public page, the personal page, desk, projector and speaker's view."""

from django.urls import path

from kenes.rooms.views import desk, mine, promise, room, screens

app_name = "rooms"
urlpatterns = [
    path("rooms/<str:code>/", room.room, name="room"),
    path("rooms/<str:code>/me/", mine.mine, name="mine"),
    path("rooms/<str:code>/questions/", mine.ask, name="ask"),
    path("rooms/<str:code>/questions/<str:question_code>/vote/", mine.vote, name="vote"),
    path("rooms/<str:code>/projector/", screens.projector, name="projector"),
    path("rooms/<str:code>/speaker/", screens.speaker, name="speaker"),
    path("rooms/<str:code>/desk/", desk.desk, name="desk"),
    path("rooms/<str:code>/desk/promise/", promise.promise, name="promise"),
    path("rooms/<str:code>/desk/questions/", desk.enter_question, name="desk-enter"),
    path(
        "rooms/<str:code>/desk/questions/<str:question_code>/<slug:verb>/", desk.question_act, name="desk-act"
    ),
    path("rooms/<str:code>/desk/announcements/", desk.announce, name="desk-announce"),
    path(
        "rooms/<str:code>/desk/announcements/<slug:public_id>/take-down/",
        desk.take_down,
        name="desk-down",
    ),
    path("rooms/<str:code>/desk/agenda/<slug:public_id>/<slug:state>/", desk.move_agenda, name="desk-agenda"),
    path("rooms/<str:code>/desk/policy/", desk.change_policy, name="desk-policy"),
    path("rooms/<str:code>/desk/open/", desk.open_room, name="desk-open"),
    path("rooms/<str:code>/desk/close/", desk.close_room, name="desk-close"),
]
