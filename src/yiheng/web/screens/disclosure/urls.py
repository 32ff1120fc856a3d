"""Addresses of making public (公开), below a unit's year."""

from django.urls import path

from . import views, withdrawing

app_name = "disclosure"
urlpatterns = [
    path("", views.home, name="home"),
    path("prepare/", views.prepare, name="prepare"),
    path("drafts/<int:number>/", views.draft, name="draft"),
    path("drafts/<int:number>/certify/", views.certify, name="certify"),
    path("drafts/<int:number>/return/", views.send_back, name="return"),
    path("drafts/<int:number>/files/<path:name>", views.draft_file, name="draft_file"),
    path("versions/<int:number>/", withdrawing.version, name="version"),
    path("versions/<int:number>/withdraw/", withdrawing.ask, name="withdraw"),
    path("versions/<int:number>/withdraw/sign/", withdrawing.sign, name="sign_withdrawal"),
    path("versions/<int:number>/withdraw/decline/", withdrawing.decline, name="decline_withdrawal"),
    path("versions/<int:number>/files/<path:name>", views.version_file, name="version_file"),
]
