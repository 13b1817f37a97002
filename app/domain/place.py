"""Where on earth a thing is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place is: degrees, and its country as ISO 3166-1 alpha-2."""

    latitude: float
    longitude: float
    country: str | None
