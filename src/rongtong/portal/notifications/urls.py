"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:number>/open/", views.opened, name="open"),
    path("read/", views.all_read, name="all-read"),
    path("preferences/", views.preferences, name="preferences"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:number>/again/", views.again, name="again"),
]
