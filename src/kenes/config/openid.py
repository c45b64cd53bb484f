"""`KENES_OIDC_*`: one OpenID Connect provider, or none."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from kenes.config.environment import Environment

WANTED = ("OIDC_NAME", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def openid_provider(env: Environment) -> dict[str, str]:
    """Return the provider (`id`, `name`, `server_url`, `client_id`, `secret`), or nothing.

    Raises: ImproperlyConfigured, where only a part of it is given.
    """
    values = {name: env.text(name) for name in WANTED}
    if not any(values.values()):
        return {}
    missing = [f"KENES_{name}" for name, value in values.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"Sign-in with OpenID Connect also needs {', '.join(missing)}.")
    return {
        "id": env.text("OIDC_ID", "oidc"),
        "name": values["OIDC_NAME"],
        "server_url": values["OIDC_SERVER_URL"],
        "client_id": values["OIDC_CLIENT_ID"],
        "secret": values["OIDC_CLIENT_SECRET"],
    }


def social_providers(provider: dict[str, str]) -> dict[str, Any]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS for the provider."""
    if not provider:
        return {}
    application = {
        "provider_id": provider["id"],
        "name": provider["name"],
        "client_id": provider["client_id"],
        "secret": provider["secret"],
        "settings": {"server_url": provider["server_url"], "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [application]}}
