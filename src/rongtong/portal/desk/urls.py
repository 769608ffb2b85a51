"""Addresses of the front of the house."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("notices/", views.notices, name="notices"),
    path("notices/new/", views.publish, name="publish"),
    path("notices/<int:number>/", views.notice, name="notice"),
    path("notices/<int:number>/withdraw/", views.withdraw, name="withdraw"),
]
