"""Files on disk or in an object store (`s3://`, `gs://`, `hdfs://`), by their addresses."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from app.errors import InvalidInput
from app.intake.manifest import NAMES as MANIFESTS
from app.intake.readers import LIMIT, read_file, read_path, walk
from app.intake.rows import Row


@dataclass(frozen=True, slots=True)
class Place:
    """A file: its path or address, its bytes, and when it was changed (nanoseconds since 1970)."""

    address: str
    size: int
    changed: int


def is_remote(address: str) -> bool:
    """Whether an address is one of an object store, and no path."""
    return "://" in address


def places(address: str) -> list[Place]:
    """The files at an address: itself, or those of the folder that it is, sorted, without hidden
    ones. Raises InvalidInput where there are none, or the store cannot be asked."""
    found = _remote(address) if is_remote(address) else _local(Path(address))
    if not found:
        raise InvalidInput(f"there is no file at {address!r}")
    return found


def read_place(place: Place, limit: int = LIMIT) -> Iterator[Row]:
    """The Rows of a file, as `read_path` reads it.

    Raises InvalidInput where an object store cannot be asked, or breaks off.
    """
    if not is_remote(place.address):
        yield from read_path(place.address, limit=limit)
        return
    filesystem, path = _filesystem(place.address)
    with _asked(place.address), filesystem.open_input_file(path) as opened:
        buffered = io.BufferedReader(cast(io.RawIOBase, _Remote(opened)), 1_000_000)
        yield from read_file(place.address, buffered, limit=limit)


def existing(folder: str) -> set[str]:
    """The names of the files in a folder, which need not be there. Raises InvalidInput where the
    store cannot be asked."""
    from pyarrow import fs

    filesystem, path = _filesystem(folder)
    with _asked(folder):
        selected = fs.FileSelector(path, allow_not_found=True)
        return {info.base_name for info in filesystem.get_file_info(selected)}


def write_whole(folder: str, name: str, table: Any) -> None:
    """Writes an Arrow table as a Parquet file of a folder: whole, or not at all."""
    from pyarrow import fs, parquet

    filesystem, path = _filesystem(folder)
    with _asked(folder):
        filesystem.create_dir(path, recursive=True)
        target = f"{path.rstrip('/')}/{name}"
        # An object appears when it is whole; a file on disk would while it grows.
        local = isinstance(filesystem, fs.LocalFileSystem)
        growing = f"{path.rstrip('/')}/.{os.getpid()}-{name}" if local else target
        with filesystem.open_output_stream(growing) as stream:
            parquet.write_table(table, stream, compression="zstd", row_group_size=256)
        if local:
            os.replace(growing, target)


class _Remote(io.RawIOBase):
    """A file of an object store as Python reads files."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return int(self._opened.seek(offset, whence))

    def tell(self) -> int:
        return int(self._opened.tell())

    def readinto(self, buffer: Any, /) -> int:
        return int(self._opened.readinto(buffer))


def _local(path: Path) -> list[Place]:
    if not path.is_dir():
        return [_place(path)] if path.is_file() else []
    for name in MANIFESTS:
        if (path / name).is_file():
            # Its rows name the other files.
            return [_place(path / name)]
    return [_place(path / each) for each in walk(path)]


def _place(path: Path) -> Place:
    status = path.stat()
    return Place(str(path), status.st_size, status.st_mtime_ns)


def _remote(address: str) -> list[Place]:
    from pyarrow import fs

    filesystem, path = _filesystem(address)
    scheme = address.split("://", 1)[0]
    with _asked(address):
        info = filesystem.get_file_info(path)
        infos = [info]
        if info.type == fs.FileType.Directory:
            infos = filesystem.get_file_info(fs.FileSelector(path, recursive=True))
    return sorted(
        (
            Place(f"{scheme}://{each.path}", each.size, each.mtime_ns or 0)
            for each in infos
            if each.is_file and not each.base_name.startswith((".", "_"))
        ),
        key=lambda each: each.address,
    )


def _filesystem(address: str) -> tuple[Any, str]:
    import pyarrow
    from pyarrow import fs

    if not is_remote(address):
        return fs.LocalFileSystem(), os.path.abspath(address)
    try:
        return cast(tuple[Any, str], fs.FileSystem.from_uri(address))
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InvalidInput(f"{address!r} cannot be opened: {_first_line(error)}") from None


@contextmanager
def _asked(address: str) -> Iterator[None]:
    """A block that asks a file store: what goes wrong there is told in a sentence."""
    import pyarrow

    try:
        yield
    except (OSError, pyarrow.ArrowException) as error:
        raise InvalidInput(f"{address!r}: {_first_line(error)}") from None


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
