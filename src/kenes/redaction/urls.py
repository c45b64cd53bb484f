"""Addresses of the review of personal data."""

from django.urls import path

from kenes.redaction import views

app_name = "redaction"
urlpatterns = [
    path("redaction/<slug:kind>/<str:object_id>/", views.review, name="review"),
    path("redaction/<slug:kind>/<str:object_id>/originals/", views.originals, name="originals"),
    path("redaction/<slug:kind>/<str:object_id>/<slug:field>/", views.decide, name="decide"),
]
