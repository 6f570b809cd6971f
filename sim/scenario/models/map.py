"""The file map.yaml as models: places, boxes, railways, roads, works; the hexes themselves are in map.csv."""

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
    hex: HexLabel | None = Field(None, description="Hex it is in.")
    box: Id | None = Field(None, description="Box it is in, if off the map.")
    kind: PlaceKind
    country: CountryName
    population_class: PopulationClass = "none"
    objective: Flag = Field(False, description="An objective of the campaign.")
    coord_quality: Text | None = None
    note: Note = ""


class MapBox(Model):
    """An area off the map."""

    id: Id
    name: Text
    side: Literal["soviet", "japan"] | None = None
    entries: tuple[Id, ...] = Field((), description="Hexes or places where units enter the map from it.")
    places: tuple[Id, ...] = ()
    note: Note = ""


class WayOnMap(Model):
    """A railway, road or waterway: the places it connects and the hexes it passes through."""

    id: Id
    name: Text
    path: tuple[Waypoint, ...] = Field((), description="Place ids and [lat, lon] points in between.")
    hexes: tuple[HexChain, ...] = Field((), description="Hex labels, one text per unbroken stretch.")
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
    wet_factor: Share | None = Field(None, description="Share of a day's march left after two days of heavy rain.")


class Works(Model):
    """Permanent works around a place."""

    place: Id
    strength_permille: Annotated[Whole, Field(ge=1, le=1000)] = Field(description="1000 is the strongest.")
    source: Note = ""
    note: Note = ""


class Pass(Model):
    """A pass with its own capacity."""

    place: Id
    throughput_divisions: Annotated[float, Field(strict=True, gt=0, le=20)] = Field(
        description="Divisions that can enter its hex per day."
    )
    source: Note = ""
    note: Note = ""


class Landing(Model):
    """A port or airfield."""

    place: Id
    source: Note = ""
    note: Note = ""


class Credit(Model):
    """A data source of the map."""

    name: Text
    of: Text
    licence: Text


class Projection(Model):
    """The map projection."""

    name: Text
    lon: Longitude
    lat: Latitude
    radius_km: Annotated[float, Field(strict=True, ge=1, le=1_000_000)] = 6371.0


class ReferenceLine(Model):
    """A line drawn on the map with no effect on play, such as a parallel."""

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
    layers: Text = Field("map.csv", description="The hex map file, one row per hex.")
    sources: tuple[Credit, ...] = Field((), description="Data sources, with licences.")
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
