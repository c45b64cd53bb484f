"""One OpenID Connect provider by configuration, or none."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from kenes.config.environment import Environment
from kenes.config.openid import openid_provider, social_providers

WHOLE = {
    "KENES_OIDC_NAME": "Ministry",
    "KENES_OIDC_SERVER_URL": "https://id.example.org",
    "KENES_OIDC_CLIENT_ID": "kenes",
    "KENES_OIDC_CLIENT_SECRET": "secret",
}


def test_without_variables_there_is_no_provider() -> None:
    assert openid_provider(Environment({})) == {}
    assert social_providers({}) == {}


def test_a_whole_provider_reaches_the_sign_in_with_pkce() -> None:
    provider = openid_provider(Environment(WHOLE))
    assert provider["id"] == "oidc"
    assert social_providers(provider) == {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Ministry",
                    "client_id": "kenes",
                    "secret": "secret",
                    "settings": {"server_url": "https://id.example.org", "oauth_pkce_enabled": True},
                }
            ]
        }
    }


@pytest.mark.parametrize("missing", list(WHOLE))
def test_half_a_provider_is_refused_with_what_is_missing(missing: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=missing):
        openid_provider(Environment({name: value for name, value in WHOLE.items() if name != missing}))
