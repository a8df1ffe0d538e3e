"""What stands beside a season's name on every page, and around a stranger's words in a letter."""

from django import template
from django.utils.safestring import SafeString

from seasons.facts import made_up_terms, season_is_made_up
from seasons.models import Season
from uso.ground.lib.marks import made_up

register = template.Library()


@register.simple_tag
def season_made_up(season: Season) -> SafeString:
    """Draw beside a season that the demonstration made all of it up."""
    return made_up() if season_is_made_up(season) else SafeString("")


@register.filter
def quoted(text: str) -> str:
    r"""Mark each line as another's words, so that none passes for the letter's own.

    Examples
    --------
    >>> quoted("Hei\r\n\r\nKannus")
    '> Hei\n> \n> Kannus'
    """
    return "\n".join(f"> {line}" for line in text.splitlines())


@register.simple_tag
def term_made_up(season: Season, name: str) -> SafeString:
    """Draw beside a term of the fee that the demonstration chose it."""
    return made_up() if name in made_up_terms(season) else SafeString("")
