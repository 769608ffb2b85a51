"""Addresses of needs and offers."""

from __future__ import annotations

from django.urls import path

from rongtong.portal.postings import guided, views

app_name = "postings"
urlpatterns = [
    path("needs/", views.hall, {"side": "need"}, name="needs"),
    path("offers/", views.hall, {"side": "offer"}, name="offers"),
    path("needs/new/", guided.new, {"side": "need"}, name="new-need"),
    path("offers/new/", guided.new, {"side": "offer"}, name="new-offer"),
    path("postings/", views.mine, name="mine"),
    path("postings/review/", views.reviews, name="reviews"),
    path("postings/<int:number>/", views.posting, name="posting"),
    path("postings/<int:number>/edit/", guided.edit, name="edit"),
    path("postings/<int:number>/hand-in/", views.hand_in, name="hand-in"),
    path("postings/<int:number>/move/", views.move, name="move"),
    path("postings/<int:number>/renew/", views.renew, name="renew"),
    path("postings/<int:number>/review/", views.review, name="review"),
    path("postings/<int:number>/drawing/", views.drawing, name="drawing"),
]
