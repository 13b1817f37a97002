"""Rate and time left, from the last minute of work."""

import io
from contextlib import redirect_stderr

from rich.console import Console
from rich.progress import Progress, TextColumn

from app.services.following import Far
from app.terminal.progress import Bar, Pace


def test_a_rate_and_the_time_left_are_those_of_the_last_minute() -> None:
    pace = Pace()
    assert pace.sentence() == ""
    for second in range(200):
        pace.add(float(second), 1_000 * second, second / 1_000)
    for second in range(200, 400):
        # What follows is slower: what was fast before says nothing of it.
        pace.add(float(second), 200_000 + 10 * (second - 200), 0.2 + (second - 200) / 1_000)
    assert pace.per_second is not None
    assert round(pace.per_second) == 10
    assert pace.seconds_left is not None
    assert 590 < pace.seconds_left < 610
    assert pace.sentence() == "10.0 a second, 10 min 01 s left"


def test_without_a_size_there_is_a_rate_and_no_time_left() -> None:
    pace = Pace()
    for second in range(10):
        pace.add(float(second), 25 * second, None)
    assert pace.sentence() == "25.0 a second"


def test_time_left_is_told_in_units_that_people_count_in() -> None:
    pace = Pace()
    pace.add(0.0, 0, 0.0)
    pace.add(10.0, 100, 0.001)
    assert pace.sentence().endswith("2 h 46 min left")


def test_a_terminal_shows_the_rate_while_the_work_goes_on() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=120)
    with Progress(
        TextColumn("{task.description} {task.fields[said]}"), console=console, auto_refresh=False
    ) as progress:
        bar = Bar(progress)
        bar.far(Far("Reading", 128, 300, 0.25))
        bar.say("rows.jsonl:3: is blank")
        progress.refresh()
    assert "Reading 128 documents" in out.getvalue()
    assert "rows.jsonl:3: is blank" in out.getvalue()


def test_where_there_is_no_terminal_a_line_comes_now_and_then() -> None:
    out = io.StringIO()
    with redirect_stderr(out), Progress(disable=True) as progress:
        bar = Bar(progress, line_seconds=0.0)
        bar.far(Far("Reading", 128, 300, 0.25))
    assert out.getvalue() == "Reading: 128 documents\n"
