"""Answers as THL's Sotkanet gives them, faults included; of own writing. `statfin.serving` serves them."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

REGIONS = {
    658: ("358", "MAA", "Koko maa"),
    901: ("918", "MAA", "Manner-Suomi"),
    21: ("074", "KUNTA", "Halsua"),
    22: ("217", "KUNTA", "Kannus"),
    23: ("182", "KUNTA", "Jämsä"),
    24: ("588", "KUNTA", "Pertunmaa"),
    503: ("16", "MAAKUNTA", "Keski-Pohjanmaa"),
}


def regions():
    """The list of regions."""
    return [
        {
            "id": number,
            "code": code,
            "category": category,
            "title": {"fi": name, "sv": name, "en": name},
            "memberOf": [],
            "uri": f"http://www.yso.fi/onto/kunnat/{number}",
        }
        for number, (code, category, name) in REGIONS.items()
    ]


def description(indicator=181, first=2019, last=2023):
    """The description of an indicator."""
    return {
        "id": indicator,
        "title": {"fi": "Työttömät, % työvoimasta", "sv": "Arbetslösa", "en": "Unemployed"},
        "organization": {"id": 3, "title": {"fi": "Tilastokeskus"}},
        "range": {"start": first, "end": last},
        "decimals": 1,
        "data-updated": "2026-03-02",
    }


def row(region, year, value, *, indicator=181, gender="total", **more):
    """A figure."""
    return {
        "indicator": indicator,
        "region": region,
        "year": year,
        "gender": gender,
        "value": value,
        **more,
    }


def figure(region, year, gender="total"):
    """A figure that tells where it stands."""
    return region + (year - 2000) / 10 + {"total": 0, "male": 1000, "female": 2000}[gender]


@dataclass
class Sotkanet:
    """What the server knows, whom it is silent about, and how it misbehaves: see `statfin.StatFin`."""

    indicators: dict = field(default_factory=lambda: {"181": description()})
    silent: set = field(default_factory=lambda: {(21, 2022), (24, None)})
    faults: list = field(default_factory=list)
    requests: list = field(default_factory=list)
    url: str = ""

    def answer(self, path, body):
        """Return status and body for a request."""
        parts = urlsplit(path)
        if parts.path == "regions":
            return 200, regions()
        if parts.path == "json":
            return self._data(parse_qs(parts.query))
        indicator = self.indicators.get(parts.path.removeprefix("indicators/"))
        return (200, indicator) if indicator else (404, "Not Found")

    def _data(self, asked):
        [indicator] = asked["indicator"]
        if indicator not in self.indicators:
            return 400, "Bad Request"
        return 200, [
            row(
                region,
                int(year),
                figure(region, int(year), gender),
                indicator=int(indicator),
                gender=gender,
                absValue=region,
            )
            for region in REGIONS
            for year in asked["years"]
            for gender in asked["genders"]
            if not {(region, int(year)), (region, None)} & self.silent
        ]
