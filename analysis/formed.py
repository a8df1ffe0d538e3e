"""How an analysis says with each definition how the figures beside ours are formed: pure."""

from collections.abc import Mapping
from itertools import product

from analysis.texts import Text, text


def _formed() -> Mapping[tuple[bool, bool, bool], Text]:
    """Say how the figures beside ours are formed: by compared, relative and general."""
    group = {
        True: text(
            fi="Vertailukuntien luku on niiden mediaani",
            sv="Jämförelsekommunernas siffra är deras median",
            en="The figure of the peers is their median",
        ),
        False: text(
            fi="Vertailukunnista ei muodosteta yhteistä lukua",
            sv="Av jämförelsekommunerna bildas ingen gemensam siffra",
            en="No common figure is formed of the peers",
        ),
    }
    published = text(fi="julkaistu", sv="publicerad", en="the published one")
    summed = text(
        fi="julkaistu tai kuntien summa",
        sv="publicerad eller kommunernas summa",
        en="the published one or the sum of the municipalities",
    )
    derived = text(
        fi="laskettu koko maan luvuista",
        sv="beräknad av hela landets siffror",
        en="reckoned from the figures of the whole country",
    )
    told = {}
    for compared, relative, general in product((True, False), repeat=3):
        country = summed if relative else published if general else derived
        told[compared, relative, general] = text(
            fi=f"{group[compared]['fi']}, koko maan luku on {country['fi']}.",
            sv=f"{group[compared]['sv']}, hela landets siffra är {country['sv']}.",
            en=f"{group[compared]['en']}, that of the whole country is {country['en']}.",
        )
    return told


FORMED = _formed()
