"""The Django app of people (人员与权限)."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yiheng.people"
    verbose_name = "人员与权限"
