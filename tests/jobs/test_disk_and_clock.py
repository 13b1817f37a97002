"""An import goes on where it was once a full disk has room again, and whatever the clock says."""

import io
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from app.services.imports import start_import
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.databases import sqlite_only
from tests.jobs.imports_under_way import (
    Services,
    body,
    check_whole,
    column,
    counts,
    has_come_to,
    is_done,
    kill,
    until,
)

DOCUMENTS = 2_000
_MEGABYTE = 1_000_000

# The clock of the day as a process sees it: now, 400 days on, 400 days back, for a second each.
JUMPING = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
#include <sys/time.h>
static int (*real)(clockid_t, struct timespec *);
int clock_gettime(clockid_t clock, struct timespec *now) {
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(clock, now);
    if (!failed && clock == CLOCK_REALTIME) {
        struct timespec steady;
        real(CLOCK_MONOTONIC, &steady);
        now->tv_sec += (steady.tv_sec % 3 - 1) * 400L * 86400L;
    }
    return failed;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *place) {
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (place) *place = found.tv_sec;
    return found.tv_sec;
}
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB in a namespace of this process, with which it is gone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        os.unshare(os.CLONE_NEWNS)
        subprocess.run(["mount", "--make-rprivate", "/"], check=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk of its own can be had here ({error}); root can")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def accepted(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder / 'collection.db'}"
    upgrade(url)
    with Store(url) as store:
        start_import(store, [(None, io.BytesIO(body(DOCUMENTS)))])
    return url


@pytest.fixture
def untouched(tmp_path_factory: pytest.TempPathFactory, service: Services) -> str:
    """What an import comes to that nothing disturbs."""
    url = accepted(tmp_path_factory.mktemp("untouched"))
    process = service(url, "small")
    assert until(is_done(url), 300)
    kill(process)
    return url


@sqlite_only
@pytest.mark.slow
def test_an_import_waits_for_room_on_a_full_disk(
    small_disk: Path, untouched: str, service: Services
) -> None:
    url = accepted(small_disk)
    process = service(url, "small")
    assert until(has_come_to(url, DOCUMENTS / 2), 300)
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(64 * _MEGABYTE))
    assert process.stdout
    said = process.stdout.readline() + process.stdout.readline()
    assert said.startswith("works\nerror ")
    assert "cannot be written: database or disk is full" in said
    assert not is_done(url)()
    ballast.unlink()
    done = until(is_done(url), 300)
    said = kill(process)
    assert done
    assert said.endswith("error None\n")
    check_whole(url, DOCUMENTS)
    assert counts(url) == counts(untouched)


@sqlite_only
@pytest.mark.slow
def test_an_import_does_not_mind_a_clock_that_jumps(
    tmp_path: Path, untouched: str, service: Services
) -> None:
    if not which("cc"):
        pytest.skip("a clock that jumps is made with a C compiler, and there is none")
    (tmp_path / "jumping.c").write_text(JUMPING)
    shim = tmp_path / "jumping.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-o", shim, tmp_path / "jumping.c", "-ldl"], check=True
    )
    url = accepted(tmp_path / "collection")
    process = service(url, "small", LD_PRELOAD=str(shim))
    assert until(has_come_to(url, DOCUMENTS), 300)
    kill(process)
    process = service(url, "small", LD_PRELOAD=str(shim))
    done = until(is_done(url), 300)
    kill(process)
    assert done
    years = set(
        column(url, "SELECT strftime('%Y', created_at / 1000000, 'unixepoch') FROM article")
    )
    assert len(years) > 1, "the clock did not jump"
    check_whole(url, DOCUMENTS)
    assert counts(url) == counts(untouched)
