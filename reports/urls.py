from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.nps, name="nps"),
    path("you-said/", views.you_said, name="you_said"),
]
