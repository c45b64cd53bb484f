"""Address of the record's page."""

from django.urls import path

from kenes.record import views

app_name = "record"
urlpatterns = [path("record/", views.record, name="record")]
