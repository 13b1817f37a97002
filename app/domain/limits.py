"""How long the fields of what people send may be, in characters. The OpenAPI document shows these
numbers and the readers of rows, bodies and corrections keep to them."""

# What common servers, proxies and sitemaps take; an address beyond it can be fetched nowhere.
MAX_URL = 2_048
# Of a title or a subtitle. The others too are several times what real articles carry.
MAX_TITLE = 2_000
# Of a source, of one author, and of the id at the outlet.
MAX_NAME = 300
MAX_AUTHORS = 100

# Spots of evidence for one item of a comparison and items in one of its lists: unless somebody asks
# for more, and at most.
EVIDENCE, MAX_EVIDENCE = 3, 50
TOP, MAX_TOP = 20, 500
# Of the key of a side; outlets and articles that are named for one side.
MAX_KEY = 80
MAX_SIDE_SOURCES = 100
MAX_SIDE_ARTICLES = 500

# Of an entity's name, and of who makes a correction.
MAX_CORRECTION_NAME = 200
MAX_CORRECTION_REASON = 2_000
# Of one tag of an outlet; tags, or domains, of one outlet.
MAX_TAG = 80
MAX_TAGS = 100
# Names or mentions that one correction takes off an entity, articles that it takes off a story.
MAX_SPLIT = 500

_LONGEST = {
    "url": MAX_URL,
    "title": MAX_TITLE,
    "subtitle": MAX_TITLE,
    "source": MAX_NAME,
    "authors": MAX_NAME,
    "external_id": MAX_NAME,
}


def too_long(field: str, value: str) -> str | None:
    """What is wrong with the length of a submission's field ("has 301 characters; at most 300 are
    taken"), or None. A field without a limit here is never too long: texts are bound by a setting.
    """
    longest = _LONGEST.get(field)
    if longest is None or len(value) <= longest:
        return None
    return f"has {len(value)} characters; at most {longest} are taken"


# Changes on one page of them.
MAX_CHANGES = 1_000
