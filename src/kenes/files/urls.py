"""Addresses of uploads; they stand outside the languages."""

from django.urls import path

from kenes.files.views import download

app_name = "files"
urlpatterns = [path("<slug:public_id>/", download, name="download")]
