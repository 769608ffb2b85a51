"""Every address; each capability holds its own below its name."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("rongtong.portal.desk.urls")),
    path("", include("rongtong.portal.people.urls")),
    path("", include("rongtong.portal.assessment.urls")),
    path("", include("rongtong.portal.paths.urls")),
    path("", include("rongtong.portal.filings.urls")),
    path("", include("rongtong.portal.statements.urls")),
    path("", include("rongtong.portal.membership.urls")),
    path("", include("rongtong.portal.registry.urls")),
    path("", include("rongtong.portal.postings.urls")),
    path("rulebooks/", include("rongtong.portal.rulebooks.urls")),
    path("what-if/", include("rongtong.portal.what_if.urls")),
    path("drafts/", include("rongtong.portal.authoring.urls")),
    path("imports/", include("rongtong.portal.imports.urls")),
    path("comparison/", include("rongtong.portal.comparison.urls")),
    path("queues/", include("rongtong.portal.queues.urls")),
    path("titles/", include("rongtong.portal.titles.urls")),
    path("meetings/", include("rongtong.portal.meetings.urls")),
    path("introductions/", include("rongtong.portal.introductions.urls")),
    path("notifications/", include("rongtong.portal.notifications.urls")),
    path("jobs/", include("rongtong.portal.jobs.urls")),
    path("audit/", include("rongtong.portal.audit.urls")),
    path("design/", include("rongtong.portal.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "rongtong.portal.design.views.not_understood"
handler403 = "rongtong.portal.design.views.forbidden"
handler404 = "rongtong.portal.design.views.not_found"
handler500 = "rongtong.portal.design.views.our_mistake"
