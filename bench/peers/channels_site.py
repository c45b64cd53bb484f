"""Django Channels with Redis: the usual room of WebSockets, as its own tutorial has it.

Run by uvicorn; `BENCH_REDIS` is the port of the Redis.
"""

import os

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [f"redis://127.0.0.1:{os.environ.get('BENCH_REDIS', '6379')}"]},
        }
    },
)
django.setup()


class Follower(AsyncWebsocketConsumer):
    """One viewer of the room."""

    async def connect(self) -> None:
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)

    async def room_event(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


async def publish(request: HttpRequest) -> HttpResponse:
    """Send the body to everybody in the room."""
    await get_channel_layer().group_send("room", {"type": "room.event", "text": request.body.decode()})
    return HttpResponse(status=204)


urlpatterns = [path("publish", publish)]
application = ProtocolTypeRouter(
    {"http": get_asgi_application(), "websocket": URLRouter([path("events", Follower.as_asgi())])}
)
