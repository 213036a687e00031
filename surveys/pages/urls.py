from django.urls import path

from surveys.pages import confirm, views

app_name = "surveys"
urlpatterns = [
    path("s/<str:token>/", views.answer_page, name="answer"),
    path("s/<str:token>/thanks/", views.thanks_page, name="thanks"),
    path("u/<str:token>/", views.unsubscribe_page, name="unsubscribe"),
    path("f/<slug:slug>/", views.form_page, name="form"),
    path("f/<slug:slug>/thanks/", views.form_thanks_page, name="form_thanks"),
    path("c/<str:token>/", confirm.confirm_page, name="confirm"),
    path("c/<str:token>/stop/", confirm.stop_page, name="stop_confirming"),
]
