"""The frame of every page."""

import re

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_page_links_itself_in_three_languages_with_its_query(client: Client) -> None:
    page = client.get("/ru/?page=2").content.decode()
    links = re.findall(r'<a href="([^"]+)"\s+lang="(\w\w)"', page)
    assert links == [("/kk/?page=2", "kk"), ("/ru/?page=2", "ru"), ("/en/?page=2", "en")]
