"""All URLs of the site. Public paths are promises: docs/paths.md."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog

from lib.http import middleware

handler400 = "lib.http.middleware.bad_request"
handler500 = "lib.http.database_away.server_error"

# Django's own view of this path leaves our catalogue out.
scripts_words = admin.site.admin_view(JavaScriptCatalog.as_view(), cacheable=True)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("surveys.pages.urls")),
    path("admin/jsi18n/", scripts_words),
    path("admin/r/<path:row>", middleware.absent),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", RedirectView.as_view(pattern_name="reports:you_said")),
    path("", include("reports.urls")),
]

if settings.INBOUND_MAIL and settings.INBOUND_MAIL_SECRET:
    urlpatterns.append(path("mail/", include("voc.replies.webhook")))
if settings.DEMO:
    urlpatterns.append(path("", include("demo.urls")))
