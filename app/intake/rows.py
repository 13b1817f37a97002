"""One row, as `POST /v1/articles` takes it and as files hold it, into a Submission."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from app.domain.annotation import BroughtAnalysis
from app.domain.article import ArticleChanges, Published, Submission
from app.domain.language_tags import NO_TAG, primary_language
from app.domain.limits import MAX_AUTHORS, MAX_NAME, too_long
from app.domain.text import check_characters
from app.errors import FieldError, InvalidInput, ParallaxError
from app.intake.identity import canonical_url
from app.intake.printed_dates import printed_date

CONTENT = ("text", "html", "url")
# Of the text of a page too, in which U+0000 is one bad character.
TITLES = ("title", "subtitle")
_SAID = ("title", "subtitle", "source", "published_at", "authors", "language", "external_id")
FIELDS = (*CONTENT, *_SAID)
# What can be changed of an article that is there.
METADATA = (*_SAID, "url")

_JSON_TYPES = {
    dict: "an object",
    list: "a list",
    tuple: "a list",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
}
_SHOWN_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One document of a file, folder or stream: a submission, or the error that stands for it.

    `name` is the file's, None for a stream. `line` counts from 1: the line where a row of NDJSON,
    JSON or CSV opens, the number of a feed's entry, of a row of Parquet or of a record of WARC, and
    for a file that is one document its place among the files. `passed` says why what stands
    there is passed over: it is no document, and no error. `brought` is an analysis that came along.
    """

    line: int
    name: str | None
    submission: Submission | None
    error: ParallaxError | None
    passed: str | None = None
    brought: BroughtAnalysis | None = None


def submission_from_row(
    row: Mapping[str, object], *, fields: Collection[str] = FIELDS
) -> Submission:
    """The row as a Submission: exactly one of `text`, `html` and `url` is its content, and a
    `url` beside a text or HTML its address.

    `authors` is a list of texts, or one text; `external_id` a text or an integer; `language` is
    cut to its primary subtag ("en-GB" -> "en"); white space around a value goes, and within a
    title or name is one blank. null, and a blank text in any field but the content, is the same
    as absent. `fields` are the names that may occur.

    Raises InvalidInput with a FieldError (`#/name`) for every bad field: one that is unknown, of
    the wrong type, too long, holds a lone surrogate or (but for the content and its titles) U+0000,
    or says what is no date, language or address.
    """
    reading = _Reading(row, fields)
    text, html = reading.content("text"), reading.content("html")
    url = reading.address("url")
    if "text" not in reading.bad and "html" not in reading.bad and "url" not in reading.bad:
        if text is not None and html is not None:
            reading.refuse("html", "stands beside text; one of the two is the content")
        elif text is None and html is None and url is None:
            needed = [name for name in CONTENT if name in fields]
            either = f": one of {', '.join(needed)} holds the content" if needed[1:] else ""
            reading.refuse(needed[0], f"is missing{either}")
    submission = Submission(
        text=text,
        html=html,
        url=url,
        title=reading.line("title"),
        subtitle=reading.line("subtitle"),
        source=reading.line("source"),
        published=reading.published("published_at"),
        authors=reading.authors("authors"),
        language=reading.language("language"),
        external_id=reading.identifier("external_id"),
    )
    reading.finish()
    return submission


def changes_from_row(row: Mapping[str, object]) -> ArticleChanges:
    """The row as changes of an article's metadata, each field read as `submission_from_row` reads
    it. What is absent, null or blank stays as it is; an empty list of authors takes them away.

    Raises InvalidInput with a FieldError (`#/name`) for every bad field; content is none of them.
    """
    reading = _Reading(row, METADATA)
    changes = ArticleChanges(
        title=reading.line("title"),
        subtitle=reading.line("subtitle"),
        source=reading.line("source"),
        published=reading.published("published_at"),
        authors=None if row.get("authors") is None else reading.authors("authors"),
        language=reading.language("language"),
        url=reading.address("url"),
        external_id=reading.identifier("external_id"),
    )
    reading.finish()
    return changes


class _Reading:
    """Takes the fields of one row and remembers, in order, what is wrong with them."""

    def __init__(self, row: Mapping[str, object], fields: Collection[str]) -> None:
        self._row = row
        # By field: where in it (an RFC 6901 pointer), and the rest of a sentence about it.
        self.bad: dict[str, tuple[str, str]] = {}
        for name in row:
            if name not in fields:
                self.refuse(name, f"is not a known field; known are {', '.join(fields)}")

    def refuse(self, name: str, sentence: str, *, entry: int | None = None) -> None:
        within = "" if entry is None else f"/{entry}"
        self.bad.setdefault(name, (_pointer(name) + within, sentence))

    def finish(self) -> None:
        if not self.bad:
            return
        shown = list(self.bad.items())[:_SHOWN_ERRORS]
        detail = "; ".join(f"{_shown(name)} {said}" for name, (_, said) in shown)
        if len(self.bad) > len(shown):
            detail += f"; and {len(self.bad) - len(shown)} more"
        errors = [FieldError(at, f"{_shown(name)} {said}") for name, (at, said) in shown]
        raise InvalidInput(detail, errors=errors)

    def content(self, name: str) -> str | None:
        """The text; U+0000 in it is one bad character, which cleaning replaces."""
        value = self._text(name, nul=True)
        if value is not None and not value.strip():
            self.refuse(name, "is blank")
            return None
        return value

    def line(self, name: str) -> str | None:
        value = self._text(name, nul=name in TITLES)
        value = value.replace("\x00", "\ufffd") if value else value
        return self._one_line(name, value) if value else None

    def address(self, name: str) -> str | None:
        value = self._text(name)
        value = value.strip() if value else None
        if not value:
            return None
        if any(c.isspace() or not c.isprintable() for c in value):
            self.refuse(name, "is not a whole http or https address")
            return None
        try:
            canonical_url(value)
        except InvalidInput as error:
            self.refuse(name, f"cannot be taken: {error.detail}")
            return None
        return value

    def published(self, name: str) -> Published | None:
        value = self._text(name)
        if value is None or not value.strip():
            return None
        try:
            return Published.parse(value)
        except InvalidInput as error:
            printed = printed_date(value)
            if printed is None:
                self.refuse(name, f"is not usable: {error.detail}")
            return printed

    def authors(self, name: str) -> tuple[str, ...]:
        value = self._row.get(name)
        if value is None:
            return ()
        entries = value if isinstance(value, list | tuple) else [value]
        if len(entries) > MAX_AUTHORS:
            self.refuse(name, f"has {len(entries)} entries; at most {MAX_AUTHORS} are taken")
            return ()
        found = []
        for number, entry in enumerate(entries):
            place = number if entries is value else None
            if not isinstance(entry, str):
                sentence = f"must be a list of texts, or one text; {_kind(entry)} stands there"
                self.refuse(name, sentence, entry=place)
                return ()
            if self._clean(name, entry, entry=place):
                found.append(self._one_line(name, entry, entry=place))
        return tuple(dict.fromkeys(filter(None, found)))

    def language(self, name: str) -> str | None:
        value = self._text(name)
        if value is None or not value.strip():
            return None
        language = primary_language(value)
        if language is None:
            self.refuse(name, NO_TAG)
        return language

    def identifier(self, name: str) -> str | None:
        value = self._row.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            # 300 digits are the bound of a text too; str() refuses more than 4300 of them.
            if value.bit_length() < 990:
                return str(value)
            self.refuse(name, f"has too many digits; at most {MAX_NAME} characters are taken")
            return None
        if value is not None and not isinstance(value, str):
            self.refuse(name, f"must be a text or an integer, not {_kind(value)}")
            return None
        return self.line(name)

    def _text(self, name: str, *, nul: bool = False) -> str | None:
        value = self._row.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(name, f"must be text, not {_kind(value)}")
            return None
        return value if self._clean(name, value.replace("\x00", "") if nul else value) else None

    def _clean(self, name: str, value: str, *, entry: int | None = None) -> bool:
        try:
            check_characters(value)
        except InvalidInput as error:
            self.refuse(name, f"cannot be taken: {error.detail}", entry=entry)
            return False
        return True

    def _one_line(self, name: str, value: str, *, entry: int | None = None) -> str | None:
        if said := too_long(name, value):
            self.refuse(name, said, entry=entry)
            return None
        return " ".join(value.split()) or None


def _kind(value: object) -> str:
    return _JSON_TYPES.get(type(value), f"a {type(value).__name__}")


def _shown(name: str) -> str:
    """The field's name, short enough for a message and free of what cannot be encoded."""
    return str(name)[:60].encode("utf-8", "replace").decode("utf-8")


def _pointer(name: str) -> str:
    escaped = _shown(name).replace("~", "~0").replace("/", "~1")
    return "#/" + quote(escaped, safe="~")
