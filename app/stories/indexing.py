"""How an article is found among all others: by the weightiest of its keys."""

from app.domain.story import Profile

# The keys of an article under which others find it; for each of them the articles nearest in time
# that are looked at; and of these, the ones most alike by the keys they share.
INDEXED_KEYS = 24
PER_KEY = 40
CANDIDATES = 32
# Days beyond which a dated article is no candidate.
WINDOW_DAYS = 180


def indexed(profile: Profile) -> list[tuple[str, int]]:
    """The keys under which an article is found, with their weights."""
    return list(zip(profile.keys, profile.weights, strict=True))[:INDEXED_KEYS]
