"""Small files at the root."""

from django.test import Client


def test_robots_keeps_crawlers_from_what_is_personal(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines.count("Disallow: /admin/") == 1


def test_the_manifest_names_the_app_and_its_icon(client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json()["icons"][0]["src"] == "/static/core/icon.svg"


def test_the_root_leads_to_the_readers_language(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "ru-KZ,ru;q=0.9,kk;q=0.5"})
    assert (response.status_code, response.headers["Location"]) == (302, "/ru/")
