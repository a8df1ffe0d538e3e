"""Texts to begin a letter with: written by us, changed by coordinators before anything is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LetterTemplate:
    """A text to begin with: its name, and the fields of a letter."""

    name: str | Promise
    fields: Mapping[str, str]


TEMPLATES: Final[Mapping[str, LetterTemplate]] = {
    "empty": LetterTemplate(_("Empty"), {}),
    "invitation": LetterTemplate(
        _("Invitation to the season"),
        {
            "subject_fi": "Kutsu USO-verkostoon: {kausi}",
            "text_fi": """Hei,

kutsumme kuntanne mukaan USO-verkoston kaudelle {kausi}. Kunta: {kunta}.

Kauden sisältö ja ehdot ovat sivulla {kausisivu}.

Vuosimaksu määräytyy väkiluvun mukaan. Kuntanne väkiluku 31.12.{vuosi} oli {väkiluku}, joten vuosimaksu on {maksu}.

Hallituksen käsittelyä varten on valmis päätöspohja, jonka voi täydentää ja ladata Word-tiedostona: {päätöspohja}

Vastaamme mielellämme kysymyksiin. Voitte vastata suoraan tähän viestiin.""",
            "subject_sv": "Inbjudan till nätverket USO: {kausi}",
            "text_sv": """Hej!

Vi bjuder in er kommun till säsongen {kausi} i nätverket USO. Kommun: {kunta}.

Säsongens innehåll och villkor finns på sidan {kausisivu}.

Årsavgiften bestäms av invånarantalet. Er kommun hade {väkiluku} invånare den 31.12.{vuosi}, så årsavgiften är {maksu}.

För behandlingen i styrelsen finns ett färdigt beslutsunderlag som kan kompletteras och laddas ner som Word-fil: {päätöspohja}

Vi svarar gärna på frågor. Ni kan svara direkt på det här meddelandet.""",
        },
    ),
    "decision": LetterTemplate(
        _("Reminder of the decision"),
        {
            "subject_fi": "Muistutus: päätös osallistumisesta kaudelle {kausi}",
            "text_fi": """Hei,

olemme kutsuneet kuntanne USO-verkoston kaudelle {kausi}. Kunta: {kunta}. Emme ole vielä saaneet tietoa päätöksestänne.

Milloin hallitus käsittelee asiaa? Päätöspohja on osoitteessa {päätöspohja}

Jos kunta ei lähde mukaan, riittää lyhyt vastaus tähän viestiin.""",
            "subject_sv": "Påminnelse: beslut om deltagande i säsongen {kausi}",
            "text_sv": """Hej!

Vi har bjudit in er kommun till säsongen {kausi} i nätverket USO. Kommun: {kunta}. Vi har ännu inte fått veta vad ni har beslutat.

När behandlar styrelsen ärendet? Beslutsunderlaget finns på adressen {päätöspohja}

Om kommunen inte deltar räcker det med ett kort svar på det här meddelandet.""",
        },
    ),
    "thanks": LetterTemplate(
        _("Thanks for the decision"),
        {
            "subject_fi": "Tervetuloa mukaan kaudelle {kausi}",
            "text_fi": """Hei,

kiitos päätöksestä lähteä mukaan USO-verkoston kaudelle {kausi}. Kunta: {kunta}.

Lähetämme tiedot ensimmäisistä tapahtumista yhdyshenkilölle.""",
            "subject_sv": "Välkommen med i säsongen {kausi}",
            "text_sv": """Hej!

Tack för beslutet att delta i säsongen {kausi} i nätverket USO. Kommun: {kunta}.

Vi skickar uppgifter om de första evenemangen till kontaktpersonen.""",
        },
    ),
}
