"""Addresses of the portal."""

from django.urls import path

from kenes.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("regions/", views.regions, name="regions"),
    path("regions/list.csv", views.regions_csv, name="regions_csv"),
    path("regions/<str:number>/", views.region, name="region"),
    path("questions/", views.questions, name="questions"),
    path("questions/list.csv", views.questions_csv, name="questions_csv"),
    path("search/", views.search, name="search"),
]
