"""The frame of every page."""

import re

import pytest
from django.template import Context, Template
from django.test import Client


@pytest.mark.django_db
def test_a_page_links_itself_in_three_languages_with_its_query(client: Client) -> None:
    page = client.get("/ru/?page=2").content.decode()
    links = re.findall(r'<a href="([^"]+)"\s+lang="(\w\w)"', page)
    assert links == [("/kk/?page=2", "kk"), ("/ru/?page=2", "ru"), ("/en/?page=2", "en")]


@pytest.mark.django_db
def test_a_page_that_is_passed_on_has_its_title_and_description(client: Client) -> None:
    page = client.get("/en/regions/").content.decode()
    titles = re.findall(r"<title>([^<]+)</title>|og:title\" content=\"([^\"]+)\"", page)
    assert ["".join(pair) for pair in titles] == ["Regions · Kenes"] * 2
    assert page.count('property="og:description"') == 1


def test_a_title_with_quotation_marks_stays_in_its_attribute() -> None:
    shown = Template('{% titled %} A "day" &amp; {{ more }} {% endtitled %}').render(
        Context({"more": '<"x">'})
    )
    assert shown.split("\n")[1] == (
        '<meta property="og:title" content="A &quot;day&quot; &amp; &lt;&quot;x&quot;&gt;">'
    )
