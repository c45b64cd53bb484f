"""Addresses of the programme's public pages."""

from django.urls import path

from kenes.programme import views

app_name = "programme"
urlpatterns = [
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", views.campaign, name="campaign"),
    path("campaigns/<slug:slug>/meetings.csv", views.campaign_csv, name="campaign_csv"),
    path("campaigns/<slug:slug>/calendar.ics", views.campaign_calendar, name="campaign_calendar"),
    path("campaigns/<slug:slug>/<slug:public_id>/", views.session, name="session"),
    path("spheres/<slug:key>/", views.sphere, name="sphere"),
    path("meetings/<slug:code>.ics", views.meeting_calendar, name="meeting_calendar"),
]
