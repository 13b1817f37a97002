"""Which of the world's cities a name of a text means."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.annotation import Cluster
from app.domain.knowledge import Entry
from app.domain.names import name_key
from app.resolve.annotated_text import AnnotatedText
from app.resolve.gazetteer import gazetteer
from app.resolve.knowledge import TextKnowledge
from app.resolve.names import Name


def without_far_places(reading: AnnotatedText, names: Sequence[Name]) -> list[Name]:
    """The names; a well-known city loses its knowledge entry where the text means a namesake: it
    puts another country or state behind the name ("Palmyra, New York"), or names other countries
    only and GeoNames knows a city of the name there that is as large."""
    entries = reading.knowledge.entries
    homes: dict[str, set[str]] = {}
    starts: dict[int, Entry] = {}
    for name in names:
        entry = entries[name.entry] if name.entry else None
        if entry is not None and entry.country and entry.type in ("GPE", "NORP"):
            homes.setdefault(entry.country, set()).add(name.key)
            if entry.type == "GPE":
                starts |= dict.fromkeys((found.start for found in name.mentions), entry)
    return [
        replace(name, entry=None) if _is_far(reading, name, homes, starts) else name
        for name in names
    ]


def _is_far(
    reading: AnnotatedText,
    name: Name,
    homes: Mapping[str, set[str]],
    starts: Mapping[int, Entry],
) -> bool:
    entry = reading.knowledge.entries[name.entry] if name.entry else None
    cities = gazetteer().named(name.key)
    if entry is None or entry.type != "GPE" or not entry.country or not cities:
        return False
    for found in name.mentions:
        behind = starts.get(found.end + 2)
        if behind is not None and reading.text[found.end : found.end + 2] == ", ":
            return behind.country not in (None, entry.country)
    if homes.keys() <= {entry.country} or len(homes.get(entry.country, ())) > 1:
        return False
    meant = gazetteer().choose(name.key, (), ())
    return meant is None and len({city.country for city in cities}) > 1


def locate(clusters: Sequence[Cluster], knowledge: TextKnowledge) -> list[Cluster]:
    """The clusters with the place and the GeoNames id of each city that can be told: by the
    countries, their people and the states that the text names, else by prominence. A city that
    stays in doubt stays without."""
    cities = gazetteer()
    countries, regions = set(), set()
    for cluster in clusters:
        if cluster.knowledge_id is None:
            continue
        entry = knowledge.entries[cluster.knowledge_id]
        if entry.country and entry.type in ("GPE", "NORP"):
            countries.add(entry.country)
        region = cities.region(name_key(entry.name))
        if region:
            regions.add(region)
    located = []
    for cluster in clusters:
        if cluster.type == "GPE" and cluster.place is None:
            home = countries
            if cluster.knowledge_id is not None:
                own = knowledge.entries[cluster.knowledge_id].country
                home = {own} if own else countries
            city = cities.choose(name_key(cluster.name), home, regions)
            if city is not None:
                located.append(
                    replace(
                        cluster,
                        place=city.place,
                        knowledge_id=cluster.knowledge_id or f"geonames/{city.id}",
                    )
                )
                continue
        located.append(cluster)
    return located
