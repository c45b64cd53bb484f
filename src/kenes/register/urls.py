"""Addresses of the register."""

from django.urls import path

from kenes.register import views
from kenes.register.syndication import RegisterFeed

app_name = "register"
urlpatterns = [
    path("register/", views.register, name="list"),
    path("register.csv", views.register_csv, name="csv"),
    path("register.atom", RegisterFeed(), name="feed"),
    path("register/exports/", views.exports, name="exports"),
    path("register/exports/<slug:public_id>/", views.export, name="export"),
    path("register/exports/<slug:public_id>/file", views.export_file, name="export_file"),
]
