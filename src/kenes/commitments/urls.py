"""Addresses of commitments: the public list and pages, and the work of those who keep them."""

from django.urls import path

from kenes.commitments.views import public, work

app_name = "commitments"
urlpatterns = [
    path("commitments/", public.commitments, name="list"),
    path("commitments.csv", public.commitments_csv, name="list_csv"),
    path("commitments/<str:code>/", public.commitment, name="commitment"),
    path("work/commitments/", work.work, name="work"),
    path("work/commitments/<str:code>/", work.work_on, name="work_on"),
    path("work/commitments/<str:code>/<slug:verb>/", work.act, name="act"),
]
