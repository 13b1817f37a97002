"""A folder's manifest: rows whose text stands in files beside it."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from app.domain.article import Submission
from app.errors import FieldError, InvalidInput, ParallaxError
from app.intake.articlefiles import check_size, html_columns, markdown_columns, text_columns
from app.intake.rowfiles import FILE, Take
from app.intake.rows import submission_from_row

NAMES = ("articles.jsonl", "manifest.jsonl", "articles.ndjson", "manifest.ndjson")
_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_TEXT = (".txt", ".text", "")


class Folder(Protocol):
    """Where the files stand that a manifest names."""

    def read(self, path: PurePosixPath, limit: int) -> bytes:
        """Up to `limit + 1` bytes of the file at a path relative to the folder, without "..".

        Raises InvalidInput where there is none, or it leads outside."""
        ...


class DiskFolder:
    """A folder on disk; what a symbolic link leads to outside of it does not belong to it."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def read(self, path: PurePosixPath, limit: int) -> bytes:
        """See Folder."""
        return read_head(self.inside(path), limit)

    def inside(self, path: PurePosixPath) -> Path:
        """The real path of a file in the folder. Raises InvalidInput where it is none."""
        try:
            found = (self._root / path).resolve()
            if not found.is_relative_to(self._root):
                raise InvalidInput(f"{str(path)!r} leads outside of the folder")
            if not found.is_file():
                raise InvalidInput(f"there is no file {str(path)!r} in the folder")
        except OSError as error:
            raise InvalidInput(f"{str(path)!r} cannot be found: {error.strerror}") from None
        return found


class UploadedFolder:
    """The files of one upload, known by the names they were sent with."""

    def __init__(self, files: Mapping[str, BinaryIO]) -> None:
        self._files = files

    def read(self, path: PurePosixPath, limit: int) -> bytes:
        """See Folder."""
        file = self._files.get(str(path))
        if file is None:
            raise InvalidInput(f"there is no file {str(path)!r} among those uploaded")
        file.seek(0)
        return file.read(limit + 1)


def read_head(path: Path, limit: int) -> bytes:
    """Up to `limit + 1` bytes of a file. Raises InvalidInput where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise InvalidInput(f"the file cannot be read: {error.strerror}") from None


def taker(folder: Folder | None, limit: int) -> Take:
    """The function from a row to its submission, where `file` in a row names a text, Markdown or
    HTML file of `folder` (none: such rows are refused) of at most `limit` bytes. What the row says
    itself goes before what the file's front matter says."""

    def take(row: Mapping[str, object]) -> Submission:
        named = row.get(FILE)
        if named is None:
            return submission_from_row({k: v for k, v in row.items() if k != FILE})
        try:
            if folder is None:
                raise InvalidInput("names a file, which only a manifest among its files can do")
            content = _read(folder, named, limit)
        except ParallaxError as error:
            raise type(error)(
                f"file: {error.detail}", errors=(FieldError(f"#/{FILE}", error.detail),)
            ) from None
        said = {k: v for k, v in row.items() if k != FILE and v is not None}
        if "text" in said or "html" in said:
            detail = "names the content, which stands in the row too"
            raise InvalidInput(f"file {detail}", errors=(FieldError(f"#/{FILE}", detail),))
        return submission_from_row({**content, **said})

    return take


def _read(folder: Folder, named: object, limit: int) -> Mapping[str, object]:
    if not isinstance(named, str) or not named.strip() or "\x00" in named:
        raise InvalidInput("must be the name of a file in the folder")
    path = PurePosixPath(named.strip())
    if path.is_absolute() or ".." in path.parts or "\\" in named or ":" in str(path):
        raise InvalidInput(f"{named[:80]!r} is no path inside of the folder")
    suffix = path.suffix.lower()
    if suffix in _HTML:
        columns = html_columns
    elif suffix in _MARKDOWN:
        columns = markdown_columns
    elif suffix in _TEXT:
        columns = text_columns
    else:
        raise InvalidInput(f"{named[:80]!r} is no text, Markdown or HTML file")
    return columns(check_size(folder.read(path, limit), limit))
