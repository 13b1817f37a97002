"""Which of the world's cities a name of a text means."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.annotation import Cluster
from app.domain.names import name_key
from app.resolve.gazetteer import gazetteer
from app.resolve.knowledge import Knowledge


def locate(clusters: Sequence[Cluster], knowledge: Knowledge) -> list[Cluster]:
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
