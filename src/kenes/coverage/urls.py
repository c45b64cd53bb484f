"""Addresses of answer coverage."""

from django.urls import path

from kenes.coverage import views

app_name = "coverage"
urlpatterns = [
    path("coverage/", views.overview, name="overview"),
    path("coverage.csv", views.overview_csv, name="overview_csv"),
    path("coverage/<slug:name>/", views.figure, name="figure"),
    path("coverage/<slug:name>.csv", views.figure_csv, name="figure_csv"),
]
