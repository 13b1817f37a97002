import pytest

from app.resolve.abbreviations import definitions


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("the Free Syrian Army (FSA) said", "Free Syrian Army", "FSA"),
        ("the World Food Programme (WFP), which", "World Food Programme", "WFP"),
        ("the Institute for the Study of War (ISW)", "Institute for the Study of War", "ISW"),
        ("the Ministry of Defence (“MoD”)", "Ministry of Defence", "MoD"),
        ("Central Bank (or the CB) said", "Central Bank", "CB"),
    ],
)
def test_defined_short_forms(text: str, long: str, short: str) -> None:
    (definition,) = definitions(text, frozenset({"or", "the"}))
    assert text[slice(*definition.long)].removeprefix("the ") == long
    assert text[slice(*definition.short)] == short


@pytest.mark.parametrize(
    "text",
    [
        "the army (see page 4)",
        "Maria Silva (Porto)",
        "the Northern League (XYZ)",
        "(NRA)",
        "a town\n\n(TN) to the south",
        "three men (BBC)",
    ],
)
def test_what_defines_nothing(text: str) -> None:
    assert list(definitions(text, frozenset({"or", "the"}))) == []
