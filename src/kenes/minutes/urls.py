"""Addresses of a meeting's minutes and of its summary for the press."""

from django.urls import path, re_path

from kenes.minutes.views import minutes, summary

app_name = "minutes"
BASE = "rooms/<str:code>/minutes/"
SUMMARY = "rooms/<str:code>/summary/"
urlpatterns = [
    path(BASE, minutes.minutes, name="minutes"),
    path(f"{BASE}draft/", minutes.draft, name="draft"),
    path(f"{BASE}compare/<int:older>/<int:newer>/", minutes.compare, name="compare"),
    path(f"{BASE}remarks/<slug:public_id>/resolve/", minutes.resolve, name="resolve"),
    path(f"{BASE}<int:version>/", minutes.minutes, name="version"),
    path(f"{BASE}<int:version>/edit/", minutes.edit, name="edit"),
    path(f"{BASE}<int:version>/open-for-remarks/", minutes.open_for_remarks, name="open"),
    path(f"{BASE}<int:version>/remarks/", minutes.remark, name="remark"),
    path(f"{BASE}<int:version>/final/", minutes.finalise, name="finalise"),
    path(f"{BASE}<int:version>/correction/", minutes.correct, name="correct"),
    path(f"{BASE}<int:version>/figures/<str:key>/", minutes.figure, name="figure"),
    re_path(
        r"^rooms/(?P<code>[^/]+)/minutes/(?P<version>[0-9]{1,4})/(?P<language>[a-z]{2})\.(?P<ending>docx|pdf)$",
        minutes.document,
        name="document",
    ),
    path(SUMMARY, summary.summary, name="summary"),
    path(f"{SUMMARY}draft/", summary.draft, name="draft-summary"),
    path(f"{SUMMARY}<int:version>/", summary.summary, name="summary-version"),
    path(f"{SUMMARY}<int:version>/text/", summary.text, name="summary-text"),
    path(f"{SUMMARY}<int:version>/figures/<str:key>/", summary.figure, name="summary-figure"),
    path(f"{SUMMARY}<int:version>/edit/", summary.edit, name="edit-summary"),
    path(f"{SUMMARY}<int:version>/approval/", summary.approve, name="approve-summary"),
]
