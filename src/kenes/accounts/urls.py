"""Addresses of a person's own pages, the privacy notice, and the steps of sign-in that are ours."""

from django.urls import path

from kenes.accounts import views

app_name = "accounts"
urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/<slug:version>/", views.privacy, name="privacy_version"),
    path("me/", views.me, name="me"),
    path("me/export/", views.export, name="export"),
    path("me/erase/", views.erase, name="erase"),
    path("me/sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("me/consents/<slug:purpose>/", views.change_consent, {"act": "give"}, name="give_consent"),
    path(
        "me/consents/<slug:purpose>/withdraw/",
        views.change_consent,
        {"act": "withdraw"},
        name="withdraw_consent",
    ),
    path("accounts/consent/", views.consent, name="consent"),
    path("accounts/second-factor/", views.set_up_second_factor, name="set_up_second_factor"),
    path("accounts/demo/", views.demo_sign_in, name="demo_sign_in"),
]
