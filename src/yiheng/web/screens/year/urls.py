"""Addresses of a unit's year (部门年度)."""

from django.urls import path

from . import remarks, views

app_name = "year"
urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", views.begin, name="begin"),
    path("steps/<str:key>/submit/", views.submit, name="submit"),
    path("steps/<str:key>/finish/", views.finish, name="finish"),
    path("steps/<str:key>/approve/", views.approve, name="approve"),
    path("steps/<str:key>/return/", views.send_back, name="send_back"),
    path("steps/<str:key>/withdraw/", views.withdraw, name="withdraw"),
    path("steps/<str:key>/reopen/", views.reopen, name="reopen"),
    path("steps/<str:key>/due/", views.set_due, name="set_due"),
    path("comments/", remarks.comments, name="comments"),
    path("comments/add/", remarks.add_comment, name="add_comment"),
    path("comments/<int:number>/resolve/", remarks.resolve, name="resolve"),
    path("comments/<int:number>/take-up/", remarks.take_up, name="take_up"),
    path("comments/<int:number>/case/", remarks.make_case, name="make_case"),
    path("cases/new/", remarks.new_case, name="new_case"),
    path("cases/<int:number>/", remarks.case, name="case"),
    path("cases/<int:number>/<str:action>/", remarks.act_on_case, name="act_on_case"),
]
