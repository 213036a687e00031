"""The paths as they are with DEMO=on; the other tests run without."""

from django.urls import include, path

urlpatterns = [path("", include("config.urls")), path("", include("demo.urls"))]
