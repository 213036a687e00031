"""What `startproject` gives: Django's settings as they come, for the peers that are Django."""

from __future__ import annotations

import os
from typing import Any

import django
import environ
from django.conf import settings

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]


def configure(
    module: str, *, apps: tuple[str, ...] = (), middleware: list[str], **more: Any
) -> None:
    """Settings with these apps; addresses and templates are the module's own."""
    database = environ.Env().db_url_config(os.environ["DATABASE_URL"])
    settings.configure(
        SECRET_KEY=os.environ["SECRET_KEY"],
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=module,
        MIDDLEWARE=middleware,
        INSTALLED_APPS=[*APPS, *apps],
        DATABASES={"default": {**database, "CONN_MAX_AGE": 60}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        STATIC_URL="static/",
        USE_TZ=True,
        **more,
    )
    django.setup()


def templates(pages: dict[str, str], processors: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    loaders = [
        ("django.template.loaders.locmem.Loader", pages),
        "django.template.loaders.app_directories.Loader",
    ]
    stock = ("django.template.context_processors.request",)
    users = ("django.contrib.auth.context_processors.auth",)
    told = ("django.contrib.messages.context_processors.messages",)
    options = {
        "loaders": [("django.template.loaders.cached.Loader", loaders)],
        "context_processors": [*stock, *users, *told, *processors],
    }
    return [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": options}]
