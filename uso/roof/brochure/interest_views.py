"""Where somebody of a municipality says that they want to hear more of a season."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from seasons.actions.interest import express_interest
from uso.ground.lib import pages
from uso.roof.brochure.interest_form import InterestForm
from uso.roof.brochure.public_pages import public_season, speak


@login_not_required
@never_cache
def interest(request: HttpRequest, number: int) -> HttpResponse:
    """Take somebody's interest in a season while municipalities can join it."""
    season, language = public_season(request, number), speak(request)
    context = {"season": season, "page_url": _in(language, "page", number)}
    if season.has_ended(on=timezone.localdate()):
        return render(request, "brochure/interest_over.html", context)
    form = InterestForm(pages.sent(request), request=request)
    form.fields["language"].initial = language
    if pages.save(request, form, express_interest, season=season, at=timezone.now()):
        return redirect(_in(language, "interest_sent", number))
    answer = pages.show(request, "brochure/interest.html", {**context, "form": form}, form)
    if form.too_many:
        answer.status_code = 429
    return answer


@login_not_required
@never_cache
@require_safe
def interest_sent(request: HttpRequest, number: int) -> HttpResponse:
    """Thank, and say what follows."""
    season, language = public_season(request, number), speak(request)
    context = {"season": season, "page_url": _in(language, "page", number)}
    return render(request, "brochure/interest_sent.html", context)


def _in(language: str, name: str, number: int) -> str:
    return f"{reverse(f'brochure:{name}', args=[number])}?lang={language}"
