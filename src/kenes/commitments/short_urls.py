"""The permanent address of a commitment, outside the languages."""

from django.urls import path

from kenes.commitments.views.public import short_link

urlpatterns = [path("c/<str:code>", short_link, name="short-commitment"), path("c/<str:code>/", short_link)]
