"""Who may not correct does not, and what would be something else stays text."""

import httpx
import pytest

from tests.pages.correcting.sending import entity, followed, last, number_of, send, undo, value
from tests.pages.reading import parsed
from tests.pages.test_hostile_texts import HOSTILE

WRITES = (
    *("/entities/1/merge", "/entities/1/rename", "/entities/1/retype", "/entities/1/names"),
    *("/entities/1/mentions", "/corrections/1/undo", "/sources/coastal-courier/rename"),
    *("/sources/coastal-courier/merge", "/stories/1/merge", "/stories/1/split"),
)


@pytest.mark.parametrize("path", WRITES)
def test_who_has_not_signed_in_sees_no_form_and_writes_nothing(
    stranger: httpx.Client, path: str
) -> None:
    before = last(stranger)
    answer = stranger.post(path, data={"name": "Mine", "into": "2", "type": "ORG", "articles": "1"})
    assert answer.status_code == 401
    assert last(stranger) == before
    for page in (
        "/entities/1",
        "/corrections",
        "/sources/coastal-courier/correct",
        "/stories/1/correct",
    ):
        tree = parsed(stranger.get(page).text)
        assert tree.cssselect("form[method=post]") == []
        assert tree.cssselect('main a[href^="/sign-in"]')


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    ("token", "headers"),
    [
        (None, {}),
        ("0" * 32, {}),
        ("own", {"Sec-Fetch-Site": "cross-site"}),
        ("own", {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"}),
    ],
)
def test_no_correction_is_taken_from_elsewhere(
    visitor: httpx.Client, path: str, token: str | None, headers: dict[str, str]
) -> None:
    page = parsed(visitor.get("/entities/1").text)
    own = value(page, "input[name=form_token]")
    before = last(visitor)
    fields = {"name": "Mine", "into": "2", "type": "ORG", "aliases": "a", "articles": "1"}
    if token is not None:
        fields["form_token"] = str(own) if token == "own" else token
    assert visitor.post(path, data=fields, headers=headers).status_code == 403
    assert last(visitor) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_reasons_and_authors_stay_text(visitor: httpx.Client, name: str) -> None:
    hostile = HOSTILE[name][:200]
    number = number_of(visitor, "Palmyra")
    page = visitor.get(f"/entities/{number}")
    fields = {"name": hostile, "author": hostile, "reason": hostile}
    page = followed(visitor, send(visitor, page, f"/entities/{number}/rename", **fields))
    for shown in (page, visitor.get("/corrections"), visitor.get(f"/entities/{number}/merge?q=a")):
        tree = parsed(shown.text)
        assert len(tree.cssselect("script, img, h1")) == 2
        assert not [e for e in tree.iter() if any(n.startswith("on") for n in e.attrib)]
        assert "49 " not in tree.text_content()
    assert value(parsed(page.text), "#rename-author") == hostile.strip()
    wrong = send(visitor, page, f"/entities/{number}/retype", type=hostile, reason=hostile)
    assert wrong.status_code == 422
    assert len(parsed(wrong.text).cssselect("script, img, h1")) == 2
    undo(visitor, page)
    assert entity(visitor, number)["name"] == "Palmyra"
