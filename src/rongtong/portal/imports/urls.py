"""Addresses of the import wizard."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.uploads, name="uploads"),
    path("begin/", views.begin, name="begin"),
    path("<int:number>/", views.upload, name="upload"),
    path("<int:number>/heading/", views.heading, name="heading"),
    path("<int:number>/year/", views.year, name="year"),
    path("<int:number>/confirm/", views.confirm, name="confirm"),
    path("<int:number>/discard/", views.discard, name="discard"),
    path("<int:number>/undo/", views.undo, name="undo"),
    path("<int:number>/correct/", views.correct, name="correct"),
    path("<int:number>/send-back/", views.send_back, name="send-back"),
    path("<int:number>/marked.xlsx", views.marked, name="marked"),
]
