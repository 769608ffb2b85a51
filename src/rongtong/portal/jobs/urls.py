"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:number>/", views.progress, name="progress"),
    path("<int:number>/cancel/", views.cancel, name="cancel"),
    path("<int:number>/retry/", views.retry, name="retry"),
]
