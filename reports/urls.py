from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("you-said/", views.you_said, name="you_said"),
]
