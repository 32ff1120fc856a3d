"""The address without a path: the workplace for whoever has signed in, the public site for everybody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yiheng.people.models import User
from yiheng.web.access import public, user_of


@public
def home(request: HttpRequest) -> HttpResponse:
    """Lead a user to his years and a visitor to the entrance."""
    if user_of(request) is not None:
        return redirect("years:list")
    if not User.objects.exists():
        return redirect("setup:start")
    return render(request, "web/entrance.html")
