"""A document as it came in, cleaned: the article's own text, and the way back to what came in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.article import Document, Removed, Submission
from app.domain.language_tags import NO_TAG, primary_language
from app.domain.limits import too_long
from app.domain.source_name import source_slug
from app.domain.text import check_characters, count_words
from app.errors import InvalidInput, ParallaxError, TooLarge, UnreadableDocument
from app.intake.characters import Mapped, mapped
from app.intake.composition import compose
from app.intake.editing import edit
from app.intake.html import Page, read_page
from app.intake.identity import canonical_url, content_hash, identity
from app.intake.language import detect
from app.intake.paragraphs import Paragraph, paragraphs, words
from app.intake.submissions import submission_hash

# Changed whenever the same input gives another text; kept with each revision.
CLEANER = "2"

_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_FEWEST_CONTROLS = 8
_MOST_CONTROLS = 0.05


def known_by(submission: Submission) -> str:
    """The hash by which the document of a submission is known: `clean` need not make it again."""
    return submission_hash(submission, CLEANER)


def clean(submission: Submission, *, max_chars: int) -> Document:
    """The document of a submission that holds text or HTML, ready to be stored.

    Metadata is what was given, else what the document says of itself, else None; a language that
    neither says is detected from 200 characters on. `max_chars` bounds the plain text, in code
    points. Linear in the length of the document. Raises InvalidInput for a field that cannot be
    right, UnreadableDocument where there is no prose, TooLarge beyond `max_chars`; each names
    the field.
    """
    document = _cleaned(_checked(submission), max_chars)
    return replace(document, submission_hash=known_by(submission))


def _cleaned(given: Submission, max_chars: int) -> Document:
    if given.html is not None:
        _check_readable(given.html, "#/html")
        page = _at("#/html", lambda html: read_page(html, given.url), given.html)
        _check_length(page.extracted, max_chars, "#/html")
        return _document(_completed(given, page), page.extracted, page.paragraphs, page)
    raw = given.text or ""
    _check_readable(raw, "#/text")
    _check_length(raw, max_chars, "#/text")
    return _document(given, raw, paragraphs(raw), None)


def _checked(given: Submission) -> Submission:
    """The submission with its fields trimmed, empty ones None.

    Raises InvalidInput, pinned to the field, for one that cannot be kept as it is.
    """
    if (given.text is None) == (given.html is None):
        raise InvalidInput("a document is either `text` or `html`")
    for field in ("text", "html", "title", "subtitle"):
        _at(f"#/{field}", check_characters, (getattr(given, field) or "").replace("\x00", ""))
    source = _trimmed("source", given.source)
    url = _trimmed("url", given.url)
    authors = (_trimmed("authors", author) for author in given.authors)
    language = _trimmed("language", given.language)
    code = primary_language(language) if language else None
    if language and not code:
        raise InvalidInput(f"{language[:40]!r} {NO_TAG}").at("#/language")
    if source:
        _at("#/source", source_slug, source)
    if url:
        _at("#/url", canonical_url, url)
    return replace(
        given,
        text=_without_nul(given.text),
        html=_without_nul(given.html),
        title=_trimmed("title", _without_nul(given.title)),
        subtitle=_trimmed("subtitle", _without_nul(given.subtitle)),
        source=source,
        url=url,
        external_id=_trimmed("external_id", given.external_id),
        authors=tuple(dict.fromkeys(filter(None, authors))),
        language=code,
    )


def _without_nul(content: str | None) -> str | None:
    """The content with U+FFFD for U+0000, as browsers read it: one bad character of a page."""
    return content.replace("\x00", "\ufffd") if content else content


def _trimmed(field: str, value: str | None) -> str | None:
    """The value as one clean line, None where it is blank."""
    if value is None:
        return None
    _at(f"#/{field}", check_characters, value)
    if said := too_long(field, value):
        raise InvalidInput(f"{field} {said}").at(f"#/{field}")
    return mapped(value, 0, len(value)).text or None


def _at[T](pointer: str, check: Callable[[str], T], value: str) -> T:
    """What the check returns; its error is pinned to the field."""
    try:
        return check(value)
    except ParallaxError as error:
        raise error.at(pointer) from None


def _check_readable(raw: str, pointer: str) -> None:
    controls = sum(1 for _ in _CONTROLS.finditer(raw))
    if raw.startswith(("%PDF-", "PK\x03\x04", "{\\rtf")):
        detail = "this is a PDF, office or archive file, not text"
        raise UnreadableDocument(detail).at(pointer)
    if controls >= _FEWEST_CONTROLS and controls > _MOST_CONTROLS * len(raw):
        detail = f"{controls:,} of {len(raw):,} characters are no text: this is a binary file"
        raise UnreadableDocument(detail).at(pointer)
    if not raw.strip():
        raise UnreadableDocument("the text is empty").at(pointer)


def _check_length(text: str, max_chars: int, pointer: str) -> None:
    if len(text) > max_chars:
        detail = f"a text of {len(text):,} characters is longer than the limit of {max_chars:,}"
        raise TooLarge(detail).at(pointer)


def _completed(given: Submission, page: Page) -> Submission:
    """The submission with what its page says where nothing was given."""
    return replace(
        given,
        title=given.title or page.title,
        subtitle=given.subtitle or page.subtitle,
        source=given.source or page.source,
        published=given.published or page.published,
        url=given.url or page.url,
    )


def _document(
    given: Submission, raw: str, found: Sequence[Paragraph], page: Page | None
) -> Document:
    known = None if words(given.subtitle or "") == words(given.title or "") else given.subtitle
    authors = given.authors or (page.authors if page else ())
    edited = edit(found, given.title, known, authors)
    if not edited.body:
        pointer = "#/text" if given.html is None else "#/html"
        detail = "there is no prose in it, only such lines as notices, captions and links"
        raise UnreadableDocument(detail if found else "the text is empty").at(pointer)
    title = _head(given.title, edited.title)
    subtitle = _head(known, edited.subtitle)
    text, body_start, offsets = compose(title, subtitle, [p.content for p in edited.body])
    # What else a page holds changes with each visit: only what is kept of it is its content.
    hashed = content_hash(given.title, raw) if page is None else content_hash(None, text)
    return Document(
        text=text,
        body_start=body_start,
        title=title.text if title else None,
        subtitle=subtitle.text if subtitle else None,
        authors=given.authors or edited.authors or authors,
        source=given.source,
        url=given.url,
        published=given.published or edited.published or (page.dated if page else None),
        language=given.language or detect(text[body_start:]) or (page.language if page else None),
        external_id=given.external_id,
        raw=raw if page is None else given.html or "",
        raw_kind="text" if page is None else "html",
        extracted=page.extracted if page else None,
        removed=tuple(
            Removed(raw[p.start : p.end], reason, p.start, p.end) for p, reason in edited.removed
        ),
        offsets=offsets,
        cleaner=CLEANER,
        identity=identity(given.source, given.external_id, given.url, hashed),
        content_hash=hashed,
        word_count=count_words(text),
    )


def _head(given: str | None, standing: Paragraph | None) -> Mapped | None:
    """The title or subtitle as it is stored: with its place, where it stands in the text."""
    if standing is not None:
        return standing.content
    return Mapped(given, ()) if given else None
