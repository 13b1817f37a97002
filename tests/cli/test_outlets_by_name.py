"""Every command that takes an outlet takes its name as well as its slug."""

import pytest

from tests.cli.command import Run


@pytest.mark.parametrize(
    "command",
    [
        "articles --source OUTLET --json",
        "entities --source OUTLET --json",
        "stories --source OUTLET --json",
        "stories --without-source OUTLET --json",
        "compare --source OUTLET --source the-daily-lantern --section entities --json",
        "compare --side a:OUTLET --side b:the-daily-lantern --section entities --json",
        "compare --story 1 --others OUTLET --section entities --json",
    ],
)
def test_a_name_does_what_the_slug_does(sample: Run, command: str) -> None:
    words = command.split()
    named, slugged = (
        sample(*(word.replace("OUTLET", outlet) for word in words))
        for outlet in ("Meridian Dispatch", "meridian-dispatch")
    )
    assert named.returncode == 0, named.stderr
    assert named.stdout == slugged.stdout
