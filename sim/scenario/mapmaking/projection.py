"""The map projection: Lambert azimuthal equal-area on a sphere, and its inverse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EqualArea:
    """Lambert azimuthal equal-area projection centred on one point.

    Equal area keeps a hex the same size everywhere, and within 1,300 km of the centre a distance is right to 1 percent.

    Parameters
    ----------
    lon, lat : float
        Centre, decimal degrees.
    radius_km : float
        Radius of the sphere.
    """

    lon: float
    lat: float
    radius_km: float = 6371.0

    def forward(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return eastings and northings in km of points in decimal degrees."""
        phi, phi0 = np.radians(np.asarray(lat, float)), np.radians(self.lat)
        delta = np.radians(np.asarray(lon, float) - self.lon)
        cosine = np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(delta)
        scale = self.radius_km * np.sqrt(2.0 / (1.0 + cosine))
        x = scale * np.cos(phi) * np.sin(delta)
        y = scale * (np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(delta))
        return x, y

    def inverse(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return longitudes and latitudes in decimal degrees of points in km."""
        x, y = np.asarray(x, float), np.asarray(y, float)
        rho = np.maximum(np.hypot(x, y), 1e-9)
        arc = 2.0 * np.arcsin(rho / (2.0 * self.radius_km))
        phi0 = np.radians(self.lat)
        phi = np.arcsin(np.cos(arc) * np.sin(phi0) + y * np.sin(arc) * np.cos(phi0) / rho)
        delta = np.arctan2(x * np.sin(arc), rho * np.cos(phi0) * np.cos(arc) - y * np.sin(phi0) * np.sin(arc))
        return self.lon + np.degrees(delta), np.degrees(phi)
