"""The one settings file: every value comes from `KENES_*` or is safe as it stands.

Reference: docs/reference/settings.md. The defaults run at once, on SQLite, for one machine.
"""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext

from kenes.config.databases import database_settings
from kenes.config.environment import Environment
from kenes.config.logs import logging_settings
from kenes.config.openid import openid_provider, social_providers
from kenes.config.secrets import instance_secret

django_stubs_ext.monkeypatch()

env = Environment()
PACKAGE_DIR = Path(__file__).resolve().parent.parent
ROOT_DIR = PACKAGE_DIR.parent.parent
DATA_DIR = env.folder("DATA_DIR", Path.cwd() / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)
RATE_LIMITS = env.flag("RATE_LIMITS", default=True)
SECRET_KEY = env.text("SECRET_KEY") or instance_secret(DATA_DIR / "secret_key")
LOG_KEY = env.folder("LOG_KEY", DATA_DIR / "log_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# Without one `serve` takes the address it listens on.
IS_PUBLIC_URL_SET = bool(env.text("PUBLIC_URL"))
IS_SECURE = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "modeltranslation",
    "kenes.config.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "kenes.accounts",  # before allauth, whose pages it writes anew
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_htmx",
    "rules",
    "kenes.core",
    "kenes.live",
    "kenes.record",
    "kenes.links",
    "kenes.notices",
    "kenes.files",
    "kenes.redaction",
    "kenes.territories",
    "kenes.deadlines",
    "kenes.organisations",
    "kenes.programme",
    "kenes.commitments",
    "kenes.questions",
    "kenes.coverage",
    "kenes.answering",
    "kenes.register",
    "kenes.following",
    "kenes.rooms",
    "kenes.minutes",
    "kenes.portal",
    "kenes.demo",
    "kenes.config",
    # Last, so that our templates of fields are found before its own.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kenes.core.encodings.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kenes.core.middleware.DomainErrorMiddleware",
    "kenes.core.middleware.ContentSecurityPolicyMiddleware",
    "kenes.core.middleware.PersonalPagesMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kenes.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kenes.core.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kenes.core.templatetags.kenes",
                "kenes.core.templatetags.look",
                "kenes.redaction.templatetags.redaction_words",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "kenes.config.wsgi.application"

DATABASES = database_settings(env.text("DATABASE_URL"), data_dir=DATA_DIR)
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kenes.accounts.backends.RoleBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
TOTP_ROLES = env.words("TOTP_ROLES", ("administrator", "editor", "moderator"))
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
METRICS_TOKEN = env.text("METRICS_TOKEN")
# The policy of terms by which written answers fall due.
ANSWER_POLICY = env.text("ANSWER_POLICY", "appeal")

ACCOUNT_ADAPTER = "kenes.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "kenes.accounts.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
# Per account strict, per address generous: a whole youth centre may stand behind one address.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = RATE_LIMITS and {
    "login": "120/m/ip",
    "login_failed": "60/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "120/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
}
MFA_ADAPTER = "kenes.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
OPENID_PROVIDER = openid_provider(env)
SOCIALACCOUNT_PROVIDERS = social_providers(OPENID_PROVIDER)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = env.flag("OIDC_TRUST_EMAIL", default=False)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = SOCIALACCOUNT_EMAIL_AUTHENTICATION

AXES_ENABLED = RATE_LIMITS
AXES_FAILURE_LIMIT = env.number("PASSWORD_ATTEMPTS", 5, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("PASSWORD_PAUSE_MINUTES", 15, least=1))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "kenes.accounts.adapter.address_of_request"
AXES_LOCKOUT_CALLABLE = "kenes.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "kk"
MODELTRANSLATION_LANGUAGES = ("kk", "ru", "en")
# A text missing in the reader's language is shown in the first language that has it, and marked so.
MODELTRANSLATION_FALLBACK_LANGUAGES = ("kk", "ru", "en")
# Ours first; then the texts that Django and allauth lack in Kazakh.
LOCALE_PATHS = [PACKAGE_DIR / "locale", PACKAGE_DIR / "locale_libraries"]
FORMAT_MODULE_PATH = ["kenes.core.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_DIR", ROOT_DIR / "build" / "static")
STATICFILES_DIRS = [folder for folder in [ROOT_DIR / "build" / "assets"] if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "kenes.config.static.ModuleStaticFiles"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = "/files/"
UPLOAD_MAX_BYTES = env.number("UPLOAD_MB", 20, least=1) * 1024 * 1024
REDACTION_DAYS = env.number("REDACTION_DAYS", 30)

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "kenes@localhost")
# The demonstration shows text messages by files; elsewhere none are sent until a channel is named.
TEXT_CHANNEL = env.text("TEXT_CHANNEL", "kenes.notices.channels.FileTextChannel" if DEMO else "")
WEBHOOKS_TO_PRIVATE = env.flag("WEBHOOKS_TO_PRIVATE", default=False)

CSRF_FAILURE_VIEW = "kenes.core.status_pages.csrf_failure"
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOG_FORMAT = env.choice("LOG_FORMAT", ("lines", "json"))
LOGGING = logging_settings(LOG_FORMAT, env.text("LOG_LEVEL", "INFO").upper())
