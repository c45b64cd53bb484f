"""The short address of a room, outside the languages: what the projector's QR says."""

from django.urls import path

from kenes.rooms.views.room import short_link

urlpatterns = [path("r/<str:code>", short_link, name="short-room"), path("r/<str:code>/", short_link)]
