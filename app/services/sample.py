"""The sample corpus into a collection."""

from pathlib import Path

from app.intake.readers import read_path
from app.services.ingest import submit
from app.settings import Settings
from app.store.engine.sessions import Store

_SAMPLE = Path(__file__).parents[1] / "data" / "sample"


def load_sample(store: Store, settings: Settings) -> int:
    """Stores the articles of the sample, whose analysis is pending then. Returns how many of them
    are in the collection now. Raises what the store raises."""
    return sum(each.accepted is not None for each in submit(store, read_path(_SAMPLE), settings))
