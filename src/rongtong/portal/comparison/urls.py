"""Addresses of the comparison."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.comparison import views

app_name = "comparison"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("answers/", views.answers, name="answers"),
    path("answers/withdraw/", views.withdraw, name="withdraw"),
    path("<int:number>/", views.result, name="result"),
    path("<int:number>/answer/", views.answer, name="answer"),
    path("<int:number>/answers/", views.answer_several, name="answer-several"),
    path("<int:number>/again/", views.again, name="again"),
    path("<int:number>/filled/", views.filled, name="filled"),
]
