"""All URLs of the site. Public paths are promises: docs/paths.md."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

handler400 = "lib.middleware.bad_request"
handler500 = "lib.database_away.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", RedirectView.as_view(pattern_name="reports:you_said")),
    path("", include("surveys.pages.urls")),
    path("", include("reports.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("", include("demo.urls")))
