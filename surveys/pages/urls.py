from django.urls import path

from surveys.pages import views

app_name = "surveys"
urlpatterns = [
    path("s/<str:token>/", views.answer, name="answer"),
    path("s/<str:token>/thanks/", views.thanks, name="thanks"),
    path("u/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("f/<slug:slug>/", views.form, name="form"),
    path("f/<slug:slug>/thanks/", views.form_thanks, name="form_thanks"),
]
