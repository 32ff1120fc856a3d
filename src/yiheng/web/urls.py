"""All addresses (网址). Each screen keeps its own list beside its views."""

from django.urls import include, path

from yiheng.web import health, language, observe
from yiheng.web.api import api
from yiheng.web.screens.home.views import home
from yiheng.web.screens.performance import answering

urlpatterns = [
    path("", home, name="home"),
    path("health", health.health, name="health"),
    path("language", language.choose, name="language"),
    path("metrics", observe.metrics, name="metrics"),
    path("ready", health.ready, name="ready"),
    path("site/", include("yiheng.web.screens.site.urls")),
    path("setup/", include("yiheng.web.screens.setup.urls")),
    path("api/v1/", api.urls),
    path("account/", include("yiheng.web.screens.account.urls")),
    path("jobs/", include("yiheng.web.screens.jobs.urls")),
    path("review/", include("yiheng.web.screens.review.urls")),
    path("workbench/", include("yiheng.web.screens.workbench.urls")),
    path("survey/<str:token>/", answering.questionnaire, name="questionnaire"),
    path("years/", include("yiheng.web.screens.years.urls")),
    path("years/<str:unit>/<int:year>/", include("yiheng.web.screens.year.urls")),
    path("years/<str:unit>/<int:year>/budget/", include("yiheng.web.screens.budget.urls")),
    path("years/<str:unit>/<int:year>/execution/", include("yiheng.web.screens.execution.urls")),
    path("years/<str:unit>/<int:year>/disclosure/", include("yiheng.web.screens.disclosure.urls")),
    path("years/<str:unit>/<int:year>/tables/", include("yiheng.web.screens.tables.urls")),
    path("years/<str:unit>/<int:year>/performance/", include("yiheng.web.screens.performance.urls")),
    path("years/<str:unit>/<int:year>/report/", include("yiheng.web.screens.report.urls")),
    path("manage/calendar/", include("yiheng.web.screens.calendar.urls")),
    path("manage/policy/", include("yiheng.web.screens.rules.urls")),
    path("manage/", include("yiheng.web.screens.manage.urls")),
]

handler400 = "yiheng.web.errors.bad_request"
handler403 = "yiheng.web.errors.refused"
handler404 = "yiheng.web.errors.not_found"
handler500 = "yiheng.web.errors.failed"
