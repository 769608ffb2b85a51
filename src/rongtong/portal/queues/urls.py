"""Addresses of the queues."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.queues import views

app_name = "queues"
urlpatterns = [
    path("conflicts/", views.conflicts, name="conflicts"),
    path("conflicts/choose/", views.choose, name="choose"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/judge/", views.judge, name="judge"),
    path("undivided/", views.undivided, name="undivided"),
    path("undivided/divide/", views.divide, name="divide"),
    path("take-back/", views.take_back, name="take-back"),
]
