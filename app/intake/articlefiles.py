"""Files that hold one article each: plain text, HTML, Markdown or text with front matter."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date

from app.errors import InvalidInput, TooLarge, UnreadableDocument
from app.intake.documents import decode, looks_binary
from app.intake.rows import FIELDS

# Far more than any front matter holds; the YAML parser needs seconds for a megabyte.
_LONGEST_FRONT_MATTER = 20_000
# The Markdown parser's time grows with the square of some texts; articles are a tenth of this.
_LONGEST_MARKDOWN = 200_000
_ALIASES = {"date": "published_at", "author": "authors"}
_ABSENT = ("", "~", "null", "Null", "NULL")
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OF_SITES = re.compile(
    r"draft|tags|categories|layout|weight|slug|lastmod|keywords|aliases|permalink|type|toc|series"
    r"|images?|params|menu|featured"
)
_BLANK_BEFORE_OFFSET = re.compile(r"(?<=\d) +(?=[+-]\d{2}:?\d{2}$)")


def text_columns(content: bytes) -> Mapping[str, object]:
    """The columns of a row that a plain text is: `text`, and what front matter it opens with.

    Front matter is YAML between two lines of `---`, or TOML between two of `+++`. Its keys are the
    columns of a row, with `date` for `published_at` and `author` for `authors`; in YAML every value
    is taken as it is written ("no" is the language of Norway, 007 keeps its zeros). What makers of
    sites note there for themselves (draft, tags, layout) is passed over. A text that opens with
    `---` and closes it nowhere, or holds no key there, is a text.

    Raises UnreadableDocument for what is no text, InvalidInput for front matter that is broken.
    """
    text = decode(content)
    if not text.strip():
        raise UnreadableDocument("this is empty: it holds no text")
    if text.startswith("+++"):
        return _split_toml(text) or {"text": text}
    if text.startswith("---"):
        return _split(text) or {"text": text}
    return {"text": text}


def markdown_columns(content: bytes) -> Mapping[str, object]:
    """The columns of a row that a Markdown file is: front matter as in `text_columns`, and the
    rest as the HTML that it stands for (CommonMark), so that its marks do not end up among the
    words. A text of more than 200,000 characters stays as it is written.

    Raises UnreadableDocument and InvalidInput as `text_columns`.
    """
    columns = dict(text_columns(content))
    text = columns.get("text")
    if not isinstance(text, str) or len(text) > _LONGEST_MARKDOWN:
        return columns
    from markdown_it import MarkdownIt

    del columns["text"]
    return {**columns, "html": MarkdownIt("commonmark").render(text)}


def html_columns(content: bytes) -> Mapping[str, object]:
    """The columns of a row that an HTML file is. Raises UnreadableDocument for what is no text."""
    text = decode(content)
    if not text.strip():
        raise UnreadableDocument("this is empty: it holds no HTML")
    return {"html": text}


def check_size(content: bytes, limit: int) -> bytes:
    """The content itself. Raises TooLarge where it has more than `limit` bytes, unless it is no
    text at all: then UnreadableDocument, which says more."""
    if len(content) <= limit:
        return content
    if kind := looks_binary(content):
        raise UnreadableDocument(f"this looks like {kind}, not like text")
    raise TooLarge(f"the document has more than {limit} bytes")


def _split(text: str) -> Mapping[str, object] | None:
    # Here, because most runs meet no front matter.
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    try:
        block, body = handler.split(text)
    except ValueError:
        return None
    if len(block) > _LONGEST_FRONT_MATTER:
        return None
    try:
        found = handler.load(block, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InvalidInput(
            f"the front matter is not valid YAML at line {line}: {error.problem}"
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise InvalidInput("the front matter is not valid YAML") from None
    return _row(found, body) if isinstance(found, dict) else None


def _split_toml(text: str) -> Mapping[str, object] | None:
    match = _TOML.match(text)
    if match is None or len(match[1]) > _LONGEST_FRONT_MATTER:
        return None
    try:
        found = tomllib.loads(match[1].replace("\r\n", "\n"), parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInput(f"the front matter is not valid TOML: {error}") from None
    written = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in found.items()
    }
    return _row(written, text[match.end() :]) if written else None


def _row(found: Mapping[object, object] | Mapping[str, object], body: str) -> Mapping[str, object]:
    """The columns of a row that front matter and what follows it are."""
    columns = {
        column: value
        for key, value in found.items()
        if value not in _ABSENT and not _OF_SITES.fullmatch(column := _column(key))
    }
    if "text" in columns or "html" in columns:
        raise InvalidInput("the front matter names a text, which is what follows it")
    stamp = columns.get("published_at")
    if isinstance(stamp, str):
        # As Jekyll writes it: 2016-03-24 10:00:00 +0100.
        columns["published_at"] = _BLANK_BEFORE_OFFSET.sub("", stamp.strip())
    if not body.strip():
        # A bare address with its metadata is a row too.
        if "url" in columns:
            return columns
        raise UnreadableDocument("nothing stands after the front matter")
    return {**columns, "text": body.lstrip("\r\n")}


def _column(key: object) -> str:
    name = str(key).strip()
    return _ALIASES.get(name.casefold(), name if name in FIELDS else name.casefold())
