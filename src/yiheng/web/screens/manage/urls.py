"""Addresses of administration (管理)."""

from django.urls import path

from . import backups, home, log, people, rights, sessions

app_name = "manage"
urlpatterns = [
    path("", home.home, name="home"),
    path("roles/", home.roles, name="roles"),
    path("people/", people.listed, name="people"),
    path("people/new/", people.new, name="new_person"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/close/", people.close, name="close"),
    path("people/<int:number>/open/", people.reopen, name="open"),
    path("people/<int:number>/password/", people.password, name="reset_password"),
    path("people/<int:number>/unlock/", rights.unlock, name="unlock"),
    path("people/<int:number>/factor/", rights.factor, name="reset_factor"),
    path("people/<int:number>/posts/", rights.appoint, name="appoint"),
    path("people/<int:number>/scopes/", rights.grant, name="grant"),
    path("posts/<int:number>/end/", rights.dismiss, name="dismiss"),
    path("scopes/<int:number>/end/", rights.revoke, name="revoke"),
    path("sessions/", sessions.listed, name="sessions"),
    path("sessions/<int:number>/end/", sessions.end, name="end_session"),
    path("backups/", backups.listed, name="backups"),
    path("backups/new/", backups.make, name="make_backup"),
    path("backups/<str:name>/", backups.one, name="backup"),
    path("backups/<str:name>/verify/", backups.verify, name="verify_backup"),
    path("backups/<str:name>/download/", backups.download, name="download_backup"),
    path("backups/<str:name>/delete/", backups.delete, name="delete_backup"),
    path("log/", log.listed, name="log"),
    path("log/<int:number>/", log.entry, name="log_entry"),
    path("log/export/", log.export, name="export_log"),
    path("log/chain/", log.chain, name="chain"),
]
