"""Settings, from the environment; ``docs/deployment.md`` lists the variables."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from rongtong import i18n
from rongtong.portal.notifications.ways import WAYS
from rongtong.qualify.shelf import JUDGED

HERE = Path(__file__).parent
#: The alliance folder. What the portal keeps beside it (SQLite, uploads, secret) is in its folder ``portal``.
HOME = Path(os.environ.get("RONGTONG_HOME", "rongtong-home")).resolve()
STORE = HOME / "portal"


def _secret() -> str:
    """The signing key: given, else the one that ``serving.prepare`` keeps, else one that nobody else knows."""
    file = STORE / "secret"
    kept = file.read_text() if file.is_file() else get_random_secret_key()
    return os.environ.get("RONGTONG_SECRET_KEY", kept)


def _on(name: str) -> bool:
    return os.environ.get(name, "") in ("1", "true", "yes")


SECRET_KEY = _secret()
#: The demonstration shows one-time codes on the screen and lists its sign-ins; it never runs on other people's data.
DEMO = _on("RONGTONG_DEMO")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("RONGTONG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [one for one in os.environ.get("RONGTONG_ORIGINS", "").split(",") if one]
#: The day on which the portal works; deadlines count from it. None is today.
BUSINESS_DAY = datetime.date.fromisoformat(os.environ["RONGTONG_TODAY"]) if os.environ.get("RONGTONG_TODAY") else None
ALLIANCE_NAME = os.environ.get("RONGTONG_NAME", "青岛市“专精特新”企业合作发展联盟")
#: Rulebooks that every snapshot is judged by, and the purpose and date that their editions follow from.
RULEBOOKS = JUDGED

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "rongtong.portal.design",
    "rongtong.portal.audit",
    "rongtong.portal.people",
    "rongtong.portal.jobs",
    "rongtong.portal.registry",
    "rongtong.portal.rulebooks",
    "rongtong.portal.assessment",
    "rongtong.portal.what_if",
    "rongtong.portal.paths",
    "rongtong.portal.authoring",
    "rongtong.portal.imports",
    "rongtong.portal.comparison",
    "rongtong.portal.queues",
    "rongtong.portal.titles",
    "rongtong.portal.filings",
    "rongtong.portal.statements",
    "rongtong.portal.membership",
    "rongtong.portal.notifications",
    "rongtong.portal.postings",
    "rongtong.portal.introductions",
    "rongtong.portal.meetings",
    "rongtong.portal.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "rongtong.portal.design.middleware.EngineLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rongtong.portal.people.middleware.OneLink",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rongtong.portal.design.middleware.InputErrors",
]

ROOT_URLCONF = "rongtong.portal.urls"
WSGI_APPLICATION = "rongtong.portal.wsgi.application"
FORM_RENDERER = "rongtong.portal.design.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rongtong.portal.design.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "rongtong.portal.design.templatetags.components",
                "rongtong.portal.design.templatetags.design",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("RONGTONG_DATABASE", f"sqlite:///{STORE / 'portal.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["rongtong.portal.people.backends.ByPassword", "rules.permissions.ObjectPermissionBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "desk:home"
#: How a one-time code reaches a telephone: a function ``send(phone, code)``.
SMS_CHANNEL = os.environ.get("RONGTONG_SMS", "rongtong.portal.people.channels.nobody")
#: How notices leave the house: a function ``send(address, title, text)`` a channel; with none they stay in the portal.
NOTICE_CHANNELS = {one: os.environ.get(f"RONGTONG_NOTICE_{one.upper()}", "") for one in WAYS}
_SMTP = urlsplit(os.environ.get("RONGTONG_SMTP", "smtp://localhost:25"))
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_SSL = _SMTP.hostname or "", _SMTP.port or 25, _SMTP.scheme == "smtps"
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_SMTP.username or ""), unquote(_SMTP.password or "")
#: Seconds that a mail server may say nothing; what was to go out then is tried again later.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("RONGTONG_MAIL_FROM", "rongtong@localhost")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans" if code == i18n.SOURCE else code, name) for code, name in i18n.LANGUAGES.items()]
LOCALE_PATHS = [HERE.parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = STORE / "static"
STORAGES = {
    "default": {"BACKEND": "rongtong.portal.design.files.Uploads"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = STORE / "uploads"
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
#: The largest workbook or document taken, bytes.
UPLOAD_LIMIT = 300 * 1024 * 1024

#: What goes wrong is told on the error stream, which a service's log keeps; pages not found are nobody's fault.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stream": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stream"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
_HTTPS = _on("RONGTONG_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
#: Whether a proxy of ours stands in front and says where requests come from.
BEHIND_PROXY = os.environ.get("RONGTONG_PROXY") == "1"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "rongtong.portal.design.views.stale"
DJANGO_TABLES2_TEMPLATE = "design/table.html"
