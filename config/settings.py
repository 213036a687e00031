"""Todoku's settings. Everything a site may choose comes from the environment or `.env`.

docs/settings.md names every variable; config/checks.py says what is wrong with one.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config import admin_theme
from lib import languages
from lib.http import hosts

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(ROOT / ".env")

# Secrets and addresses

SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Todoku makes every customer's link with it. To try Todoku out:  "
        "make demo\nTo set it up:  cp .env.example .env  and write there what this prints:  "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
SITE_URL = hosts.url_in_ascii(env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/"))
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = [SITE_HOST, *map(hosts.host_in_ascii, env.list("ALLOWED_HOSTS", default=[]))]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The company that asks

COMPANY_NAME = {
    code: env(f"COMPANY_NAME_{code.upper()}", default=language.todoku)
    for code, language in languages.LANGUAGES.items()
}
COMPANY_ADDRESS = env("COMPANY_ADDRESS", default="")
ASK_AGAIN_AFTER_DAYS = env.int("ASK_AGAIN_AFTER_DAYS", default=90)
REPLY_DOMAIN = hosts.host_in_ascii(env("REPLY_DOMAIN", default=""))
REPLY_FILE_MB = env.int("REPLY_FILE_MB", default=5)
REPLY_FILES_MB = env.int("REPLY_FILES_MB", default=10)
REPLY_FILE_TYPES = env.list(
    "REPLY_FILE_TYPES",
    default=["pdf", "png", "jpg", "jpeg", "gif", "webp", "txt", "csv", "docx", "xlsx", "pptx"],
)
INCOMING_MAIL_MB = env.int("INCOMING_MAIL_MB", default=20)
INBOUND_MAIL = env("INBOUND_MAIL", default="")
INBOUND_MAIL_SECRET = env("INBOUND_MAIL_SECRET", default="")
ANYMAIL = {
    "WEBHOOK_SECRET": INBOUND_MAIL_SECRET,
    "MAILGUN_WEBHOOK_SIGNING_KEY": env("MAILGUN_SIGNING_KEY", default=""),
}
FORM_POSTS_PER_HOUR = env.int("FORM_POSTS_PER_HOUR", default=20)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# Rooms

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "csp",
    "axes",
    "config",
    "lib",
    "surveys",
    "voc",
    "reports",
]
DEMO = env.bool("DEMO", default=False)
if DEMO:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "lib.http.customers.take_the_short_way",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lib.http.middleware.refuse_other_verbs",
    "lib.http.middleware.loosen_the_desk",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lib.http.middleware.speak_the_chosen_language",
    "lib.http.middleware.refuse_what_no_text_holds",
    "lib.http.middleware.say_that_a_page_is_not_there",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
# The links of it that pages of customers need, who have no account: lib/http/customers.py
MIDDLEWARE_FOR_CUSTOMERS = [
    "lib.http.customers.state_the_policies",
    "lib.http.middleware.refuse_other_verbs",
    "lib.http.customers.speak_the_readers_language",
    "lib.http.middleware.refuse_what_no_text_holds",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
UNFOLD = admin_theme.UNFOLD

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lib.company.company",
            ],
        },
    }
]

# Real parts

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{ROOT / 'var/todoku.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait, writers queue up instead of failing half-way through.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["ENGINE"] = "lib.database.postgresql"
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A machine that does not answer is soon said to be away: lib/http/database_away.py
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0")
BELL_EVERY_SECONDS = env.float("BELL_EVERY_SECONDS", default=5.0)
EMBEDDINGS = env.bool("EMBEDDINGS", default=False)
WEBHOOKS_TO_PRIVATE_ADDRESSES = env.bool("WEBHOOKS_TO_PRIVATE_ADDRESSES", default=False)

mail_server = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25")
if mail_server["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    mail_server["EMAIL_BACKEND"] = "lib.mail.smtp.EmailBackend"
globals().update(mail_server)
EMAIL_TIMEOUT = 20
PRIVATE_HOSTS = env.list("PRIVATE_HOSTS", default=[])
MAIL_FROM = hosts.address_in_ascii(env("MAIL_FROM", default=f"voice@{SITE_HOST}"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM

# Languages and time

LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = languages.CHOICES
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "lib.formats"
TIME_ZONE = env("TIME_ZONE", default="Asia/Tokyo")
USE_TZ = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(ROOT / "staticfiles")))
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_USE_FINDERS = True

# Signing in

_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
# The first asks whether there were too many wrong ones; only then does the second hash.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "lib.access.sign_in.SignInLimits"
AXES_FAILURE_LIMIT = 1  # of the handler's limits
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # what a right password makes forgotten
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_CLIENT_IP_CALLABLE = "lib.access.sign_in.caller"
AXES_USERNAME_CALLABLE = "lib.access.sign_in.name_tried"
AXES_LOCKOUT_CALLABLE = "lib.access.sign_in.locked_page"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Safety

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "surveys.imports.upload_handler.RefuseLargeFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Links carry tokens, so no other site sees them. "no-referrer" would hide too much: browsers then
# call the origin of our own forms "null", and the desk's CSRF check refuses every one of them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if SITE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "masked": {
            "()": "lib.http.logs.MaskingFormatter",
            "inner": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "axes": {"level": "WARNING"},  # locks are told, and not every look
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},  # runserver's own would tell tokens
    },
}
