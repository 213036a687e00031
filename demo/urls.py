from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("mailbox/", views.mailbox_page, name="mailbox"),
    path("mailbox/<slug:file>/<int:number>/", views.mail, name="mail"),
    path("mailbox/<slug:file>/<int:number>/html/", views.mail_html, name="mail_html"),
]
