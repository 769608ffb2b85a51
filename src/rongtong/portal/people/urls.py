"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/password/", views.password, name="password"),
    path("l/<str:token>/", views.link, name="link"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
