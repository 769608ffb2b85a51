"""Addresses of meetings."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("new/", views.new, name="new"),
    path("<int:number>/", views.meeting, name="meeting"),
    path("<int:number>/answer/", views.answer, name="answer"),
    path("<int:number>/column/", views.column, name="column"),
    path("<int:number>/introduce/", views.introduce, name="introduce"),
]
