"""Addresses of introductions."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.introductions import arranging, assigning, chasing, views

app_name = "introductions"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:number>/", views.introduction, name="introduction"),
    path("<int:number>/move/", views.move, name="move"),
    path("<int:number>/intend/", views.intend, name="intend"),
    path("<int:number>/outcome/", views.tell, name="tell"),
    path("<int:number>/thread/", views.thread, name="thread"),
    path("<int:number>/talk/", views.talk, name="talk"),
    path("<int:number>/write/", views.write, name="write"),
    path("<int:number>/drawing/", views.drawing, name="drawing"),
    path("attachments/<int:number>/", views.attachment, name="attachment"),
    path("outcomes/", views.outcomes, name="outcomes"),
    path("stuck/", chasing.stuck, name="stuck"),
    path("remind/", chasing.remind, name="remind"),
    path("called/", chasing.called, name="called"),
    path("needs/<int:number>/candidates/", arranging.candidates, name="candidates"),
    path("needs/<int:number>/propose/", arranging.propose, name="propose"),
    path("needs/<int:number>/apply/", arranging.apply, name="apply"),
    path("assignment/", assigning.assignment, name="assignment"),
    path("assignment/tradeoff/", assigning.tradeoff, name="tradeoff"),
    path("assignment/run/", assigning.begin, name="assign"),
    path("assignment/propose/", assigning.propose, name="propose-assigned"),
    path("matching/", arranging.home, name="matching"),
    path("matching/<slug:firm>/", arranging.choice, name="choice"),
    path("results/", arranging.results, name="results"),
    path("results/needs/", arranging.needs, name="needs"),
]
