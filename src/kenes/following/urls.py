"""Addresses of following, and of the asker's own acts under the receipt's."""

from django.urls import path

from kenes.following.views import following, own, verdicts

OWN = "questions/<str:code>/own/<str:secret>/"

app_name = "following"
urlpatterns = [
    path("follow/sent/", following.sent, name="sent"),
    path("follow/mine/", following.find_mine, name="find_mine"),
    path("follow/mine/<str:token>/", following.mine, name="mine"),
    path("follow/mine/<str:token>/<slug:public_id>/<slug:act>/", following.mine_act, name="mine_act"),
    path("follow/confirm/<str:token>/", following.confirm, name="confirm"),
    path("follow/never/<str:token>/", following.never, name="never"),
    path("follow/end/<str:token>/", following.end, name="end"),
    path("follow/search/", following.follow, {"topic": "search"}, name="search"),
    path("follow/questions/<str:key>/", following.follow, {"topic": "question"}, name="question"),
    path("follow/meetings/<str:key>/", following.follow, {"topic": "meeting"}, name="meeting"),
    path("follow/sessions/<str:key>/", following.follow, {"topic": "session"}, name="session"),
    path(f"{OWN}contact/", own.contact, name="contact"),
    path(f"{OWN}contact/digits/", own.contact_digits, name="contact_digits"),
    path(f"{OWN}contact/end/", own.contact_end, name="contact_end"),
    path(f"{OWN}rating/", verdicts.rating, name="rating"),
    path(f"{OWN}reopening/", verdicts.reopening, name="reopening"),
    path(f"{OWN}slip/", own.slip, name="slip"),
    path(f"{OWN}answer/", own.answer_sheet, name="answer_sheet"),
]
