"""The address without a path: the workbench for whoever has signed in, the public site for everybody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yiheng.people.models import User
from yiheng.web.access import public, user_of


@public
def home(request: HttpRequest) -> HttpResponse:
    """Lead a user to the own work, an administrator to what is administered, and a visitor to what is public."""
    if (user := user_of(request)) is not None:
        return redirect("manage:home" if user.administrator else "workbench:home")
    if not User.objects.exists():
        return redirect("setup:start")
    return redirect("site:home")
