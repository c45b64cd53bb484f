"""Addresses of questions: the public page, the receipt, the asker's own view."""

from django.urls import path

from kenes.questions import views

app_name = "questions"
urlpatterns = [
    path("questions/own/", views.find_own, name="find_own"),
    path("questions/<str:code>/", views.question, name="question"),
    path("questions/<str:code>/due/", views.due, name="due"),
    path("questions/<str:code>/receipt/", views.receipt, name="receipt"),
    path("questions/<str:code>/own/", views.own, name="own"),
    path("questions/<str:code>/own/<str:secret>/", views.own_by_secret, name="own_by_secret"),
    path("questions/<str:code>/own/<str:secret>/receipt.json", views.receipt_file, name="receipt_file"),
    path("questions/<str:code>/own/<str:secret>/withdraw/", views.withdraw, name="withdraw"),
]
