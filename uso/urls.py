"""Every address of the service. Municipality pages stand under `/k/<slug>/`."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.views.i18n import set_language

from analysis import urls as analysis_urls
from analysis.statistics import urls as statistics_urls
from billing import urls as billing_urls
from events import urls as events_urls
from municipalities import urls as people_urls
from municipalities.converters import MunicipalityConverter
from seasons import urls as seasons
from uso.roof.brochure import urls as brochure
from uso.roof.home import urls as home_urls
from uso.roof.home import views as home
from uso.roof.home.mailbox import mailbox
from uso.roof.mergers import urls as mergers_urls
from workshops import urls as workshops_urls

register_converter(MunicipalityConverter, "municipality")


def app_urls(name: str, patterns: list[URLPattern], *, network: bool = False) -> URLResolver:
    """Include one app's municipality pages (`events:`) or network pages (`events_network:`)."""
    return path("", include((patterns, f"{name}_network" if network else name)))


municipality_urls: list[URLPattern | URLResolver] = [
    app_urls("home", home_urls.municipality_urlpatterns),
    app_urls("seasons", seasons.municipality_urlpatterns),
    app_urls("billing", billing_urls.municipality_urlpatterns),
    app_urls("people", [*people_urls.municipality_urlpatterns, *home_urls.people_urlpatterns]),
    app_urls("jobs", home_urls.job_municipality_urlpatterns),
    app_urls("analysis", analysis_urls.municipality_urlpatterns),
    app_urls("workshops", workshops_urls.municipality_urlpatterns),
    app_urls("events", events_urls.municipality_urlpatterns),
]
network_urls: list[URLPattern | URLResolver] = [
    app_urls("billing", billing_urls.network_urlpatterns, network=True),
    app_urls("home", home_urls.network_urlpatterns, network=True),
    app_urls(
        "people",
        [*people_urls.network_urlpatterns, *home_urls.network_people_urlpatterns],
        network=True,
    ),
    app_urls("jobs", home_urls.job_network_urlpatterns, network=True),
    app_urls("analysis", analysis_urls.network_urlpatterns, network=True),
    app_urls("statistics", statistics_urls.network_urlpatterns, network=True),
    app_urls(
        "seasons",
        [*seasons.network_urlpatterns, *home_urls.season_urlpatterns],
        network=True,
    ),
    app_urls("brochure", brochure.network_urlpatterns, network=True),
    app_urls("mergers", mergers_urls.network_urlpatterns, network=True),
    app_urls("workshops", workshops_urls.network_urlpatterns, network=True),
    app_urls("events", events_urls.network_urlpatterns, network=True),
]

handler400 = "uso.ground.lib.refusals.answer_bad_request"
handler500 = "uso.ground.lib.outage.answer_error"
urlpatterns = [
    path("healthz", home.healthz, name="healthz"),
    path(  # allauth asks nothing before a first password
        "accounts/password/set/",
        reauthentication_required(password_set, app="allauth.account"),
        name="account_set_password",
    ),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("uso.roof.gallery.urls")),
    path("", include((brochure.urlpatterns, "brochure"))),
    path("k/<municipality:slug>/", include(municipality_urls)),
    *network_urls,
]
if settings.DEMO:
    urlpatterns.append(path("demo/mail/", mailbox, name="demo_mail"))
