"""Addresses of the front of the house."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home"), path("today/", views.today, name="today")]
