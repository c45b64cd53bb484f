"""Addresses of the record for programs: they have no language."""

from django.urls import path

from kenes.record import views

urlpatterns = [
    path("record/export", views.export, name="record-export"),
    path("record/leaves/<str:digest>", views.leaf, name="record-leaf"),
    path("record/consistency", views.consistency, name="record-consistency"),
]
