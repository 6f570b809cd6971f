"""The file map.yaml as models: places, boxes, railways, roads, works; the hexes themselves stand in map.csv."""

from typing import Annotated, Literal

from pydantic import Field

from sim.kernels import codes
from sim.scenario.models.values import (
    Among,
    Count,
    Flag,
    Format,
    GeoPoint,
    HexChain,
    HexLabel,
    Id,
    Latitude,
    Line,
    Longitude,
    Model,
    Note,
    Share,
    Text,
    Waypoint,
    Whole,
)

PopulationClass = Literal["none", "village", "small", "town", "city", "metropolis"]
POPULATION_CLASSES = ("none", "village", "small", "town", "city", "metropolis")
PlaceKind = Literal["city", "town", "pass", "fortress", "port", "airfield", "river_crossing", "rail_junction", "lake"]
# Box countries lie outside the theatre and therefore have no code of their own.
CountryName = Annotated[str, Among((*codes.COUNTRIES[1:], "kurils", "kamchatka"))]


class Place(Model):
    """A named place."""

    name: Text = Field(description="The form used in 1945.")
    modern: Text | None = None
    alternates: tuple[Text, ...] = ()
    lat: Latitude
    lon: Longitude
    hex: HexLabel | None = Field(None, description="Hex that it stands in.")
    box: Id | None = Field(None, description="Box that it lies in, if off the map.")
    kind: PlaceKind
    country: CountryName
    population_class: PopulationClass = "none"
    objective: Flag = Field(False, description="Named as an aim of the campaign.")
    coord_quality: Text | None = None
    note: Note = ""


class MapBox(Model):
    """An area off the map."""

    id: Id
    name: Text
    side: Literal["soviet", "japan"] | None = None
    entries: tuple[Id, ...] = Field((), description="Hexes or places by which it is left.")
    places: tuple[Id, ...] = ()
    note: Note = ""


class WayOnMap(Model):
    """A railway, road or waterway: the places that it joins and the hexes that it runs through."""

    id: Id
    name: Text
    path: tuple[Waypoint, ...] = Field((), description="Place ids and [lat, lon] points in between.")
    hexes: tuple[HexChain, ...] = Field((), description="Hex labels, one text for each unbroken stretch.")
    estimate: Flag = False
    note: Note = ""
    source: Note = ""


class RailOnMap(WayOnMap):
    """A railway."""

    gauge_mm: Annotated[int, Among(codes.GAUGE_MM[1:])]
    country: CountryName
    tracks: Annotated[Whole, Field(ge=1, le=4)] = 1
    trains_per_day: Annotated[Count, Field(le=1000)] = Field(description="Pairs of trains a day.")


class Road(WayOnMap):
    """A road or track."""

    quality: Annotated[str, Among(codes.ROADS[1:])]
    terrain: Line = ""
    wet_factor: Share | None = Field(None, description="What two days of heavy rain leave of a day's march.")


class Works(Model):
    """Permanent works around a place."""

    place: Id
    strength_permille: Annotated[Whole, Field(ge=1, le=1000)] = Field(description="1000 is the strongest.")
    source: Note = ""
    note: Note = ""


class Pass(Model):
    """A pass with a throughput of its own."""

    place: Id
    throughput_divisions: Annotated[float, Field(strict=True, gt=0, le=20)] = Field(
        description="Divisions that enter its hex in a day."
    )
    source: Note = ""
    note: Note = ""


class Landing(Model):
    """A port or airfield."""

    place: Id
    source: Note = ""
    note: Note = ""


class Credit(Model):
    """Data that the map is made from."""

    name: Text
    of: Text
    licence: Text


class Projection(Model):
    """How the globe became a plane."""

    name: Text
    lon: Longitude
    lat: Latitude
    radius_km: Annotated[float, Field(strict=True, ge=1, le=1_000_000)] = 6371.0


class ReferenceLine(Model):
    """A line that maps show and rules do not know, such as a parallel."""

    id: Id
    name: Text
    line: tuple[GeoPoint, ...] = Field(description="Points [lon, lat].")
    note: Note = ""


class Map(Model):
    """The file map.yaml."""

    format: Format
    title: Line = ""
    projection: Projection
    hex_km: Annotated[float, Field(strict=True, ge=0.1, le=500)]
    columns: Annotated[Whole, Field(ge=1, le=1000)]
    rows: Annotated[Whole, Field(ge=1, le=1000)]
    layers: Text = Field("map.csv", description="The hex map file, a row a hex.")
    sources: tuple[Credit, ...] = Field((), description="What it was made from, with licences.")
    places: dict[Id, Place]
    boxes: tuple[MapBox, ...] = ()
    rails: tuple[RailOnMap, ...] = ()
    roads: tuple[Road, ...] = ()
    reference_lines: tuple[ReferenceLine, ...] = ()
    waterways: tuple[WayOnMap, ...] = ()
    fortresses: tuple[Works, ...] = ()
    passes: tuple[Pass, ...] = ()
    ports: tuple[Landing, ...] = ()
    airfields: tuple[Landing, ...] = ()
    notes: tuple[Note, ...] = ()
