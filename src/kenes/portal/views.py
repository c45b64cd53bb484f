"""Home and the pages that cross apps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """What is on now, next and recently."""
    return render(request, "portal/home.html")
