"""Corrections from pages: made, told, undone, refused; with keys and without."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.pages.reading import one, parsed, words
from tests.pages.test_hostile_texts import HOSTILE
from tests.web.conftest import SAMPLE, SAMPLE_ARTICLES, serving, wait_until_ready

KEY = "a key"
BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the sample in it."""
    folder: Path = tmp_path_factory.mktemp("corrected")
    url = new_url(folder, "corrected", keep=True)
    app = create_app(Settings(database_url=url, articles=str(SAMPLE), log_level="error"))
    with serving(app) as address:
        wait_until_ready(address, SAMPLE_ARTICLES)
    return url


def service(url: str, *keys: str) -> Iterator[str]:
    settings = Settings(
        database_url=url, api_keys=keys, workers=0, vectors=False, feeds=False, log_level="error"
    )
    with serving(create_app(settings)) as address:
        yield address


@pytest.fixture(scope="module")
def open_address(url: str) -> Iterator[str]:
    yield from service(url)


@pytest.fixture(scope="module")
def keyed_address(url: str) -> Iterator[str]:
    yield from service(url, KEY)


@pytest.fixture
def stranger(keyed_address: str) -> Iterator[httpx.Client]:
    """A browser that has not signed in."""
    with httpx.Client(base_url=keyed_address, headers=BROWSER, timeout=70) as client:
        yield client


@pytest.fixture(params=["without keys", "signed in"])
def browser(
    request: pytest.FixtureRequest, open_address: str, keyed_address: str
) -> Iterator[httpx.Client]:
    signed_in = request.param == "signed in"
    address = keyed_address if signed_in else open_address
    with httpx.Client(base_url=address, headers=BROWSER, timeout=70) as client:
        if signed_in:
            answer = send(client, client.get("/sign-in"), "/sign-in", key=KEY)
            assert answer.status_code == 303
        yield client


@pytest.fixture
def visitor(open_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=open_address, headers=BROWSER, timeout=70) as client:
        yield client


type Field = str | list[str] | None


def send(
    client: httpx.Client, page: httpx.Response, action: str, **fields: Field
) -> httpx.Response:
    """Sends the form of a page as a browser would, with these fields filled in; None takes one
    away."""
    tree = parsed(page.text)
    form = next(f for f in tree.cssselect("form[method=post]") if f.get("action") == action)
    filled: dict[str, Field] = {}
    for name, value in form.form_values():
        filled.setdefault(name, value)
    filled |= fields
    return client.post(action, data={n: v for n, v in filled.items() if v is not None})


def number_of(client: httpx.Client, name: str) -> int:
    found = client.get("/v1/entities", params={"q": name, "limit": 1}).json()["items"]
    assert found[0]["name"] == name
    return int(found[0]["id"])


def entity(client: httpx.Client, number: int) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/v1/entities/{number}").json()
    return {n: v for n, v in found.items() if n != "updated_at"}


def followed(client: httpx.Client, answer: httpx.Response) -> httpx.Response:
    assert answer.status_code == 303, answer.text
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    return page


def undo(client: httpx.Client, page: httpx.Response) -> httpx.Response:
    """Presses the button of what was just done."""
    action = str(one(parsed(page.text), ".done form").get("action"))
    return followed(client, send(client, page, action))


def last(client: httpx.Client) -> dict[str, object]:
    log: list[dict[str, object]] = client.get("/v1/corrections?limit=1").json()["items"]
    return log[0] if log else {"id": 0}


def problem(page: httpx.Response) -> str:
    return words(one(parsed(page.text), ".problem[role=alert]"))


def value(tree: html.HtmlElement, selector: str) -> str | None:
    found: str | None = one(tree, selector).get("value")
    return found


def test_two_are_merged_counts_change_and_all_is_undone(browser: httpx.Client) -> None:
    moscow, kremlin = number_of(browser, "Moscow"), number_of(browser, "Kremlin")
    before = entity(browser, moscow), entity(browser, kremlin)
    page = browser.get(f"/entities/{moscow}")
    search = next(
        f for f in parsed(page.text).cssselect("form") if f.get("action", "").endswith("/merge")
    )
    assert search.get("method") == "get"
    page = browser.get(str(search.get("action")), params={"q": "kreml"})
    choices = [words(e) for e in parsed(page.text).cssselect("input[name=into] + label")]
    assert choices[0].startswith("Kremlin, ")
    assert "mention" in choices[0]
    answer = send(
        browser,
        page,
        f"/entities/{moscow}/merge",
        into=str(kremlin),
        reason="stands for it",
        author="Ada",
    )
    page = followed(browser, answer)
    assert page.url.path == f"/entities/{moscow}"
    assert words(one(parsed(page.text), ".done p")) == "Corrected: Kremlin is part of Moscow."
    assert entity(browser, moscow)["mentions"] == sum(int(str(e["mentions"])) for e in before)
    done = last(browser)
    assert (done["author"], done["reason"]) == ("Ada", "stands for it")
    page = undo(browser, page)
    assert words(one(parsed(page.text), ".done p")) == "Undone: Kremlin is part of Moscow."
    assert parsed(page.text).cssselect(".done form") == []
    assert (entity(browser, moscow), entity(browser, kremlin)) == before
    assert last(browser)["undone_by"] == "Ada"


def test_the_other_ones_name_may_be_kept(browser: httpx.Client) -> None:
    moscow, kremlin = number_of(browser, "Moscow"), number_of(browser, "Kremlin")
    page = browser.get(f"/entities/{moscow}/merge?q=kremlin")
    fields = {"into": str(kremlin), "keep": "other"}
    page = followed(browser, send(browser, page, f"/entities/{moscow}/merge", **fields))
    assert page.url.path == f"/entities/{kremlin}"
    merged = browser.get(f"/entities/{moscow}")
    assert "correct that one" in words(one(parsed(merged.text), ".corrections"))
    undo(browser, page)
    assert entity(browser, moscow)["merged_into"] is None


@pytest.mark.parametrize(
    ("form", "fields", "told"),
    [
        ("rename", {"name": "Tadmur"}, "Corrected: Palmyra is called ‘Tadmur’."),
        ("retype", {"type": "LOC"}, "Corrected: Palmyra is of the kind ‘place’."),
    ],
)
def test_a_name_or_kind_is_given_and_taken_back(
    browser: httpx.Client, form: str, fields: dict[str, Field], told: str
) -> None:
    number = number_of(browser, "Palmyra")
    before = entity(browser, number)
    action = f"/entities/{number}/{form}"
    page = followed(browser, send(browser, browser.get(f"/entities/{number}"), action, **fields))
    assert words(one(parsed(page.text), ".done p")).replace("Tadmur is", "Palmyra is") == told
    given = next(iter(fields))
    assert entity(browser, number)[given] == fields[given]
    again = send(browser, page, action, **fields)
    assert again.status_code == 422
    assert "already" in problem(again)
    undo(browser, page)
    assert entity(browser, number) == before


@pytest.mark.parametrize("then", ["split", "reject"])
def test_names_leave(browser: httpx.Client, then: str) -> None:
    number = number_of(browser, "Islamic State")
    before = entity(browser, number)
    page = browser.get(f"/entities/{number}")
    names = [str(e.get("value")) for e in parsed(page.text).cssselect("#names [name=aliases]")]
    assert len(names) >= 2
    action = f"/entities/{number}/names"
    answer = send(browser, page, action, aliases=names[1:], then=then, reason="another")
    page = followed(browser, answer)
    done = last(browser)
    assert done["kind"] == ("split_aliases" if then == "split" else "drop_alias")
    assert done["aliases"] == names[1:]
    assert [each["text"] for each in entity(browser, number)["aliases"]] == names[:1]  # type: ignore[attr-defined]
    links = [a.get("href") for a in parsed(page.text).cssselect(".done p a")]
    assert links == [f"/entities/{each}" for each in (number, done["to"]) if each]
    undo(browser, page)
    assert entity(browser, number) == before


@pytest.mark.parametrize("then", ["split", "reject"])
def test_mentions_leave(browser: httpx.Client, then: str) -> None:
    number = number_of(browser, "Palmyra")
    before = entity(browser, number)
    page = browser.get(f"/entities/{number}")
    boxes = parsed(page.text).cssselect("#mentions [name=mentions]")
    chosen = [str(box.get("value")) for box in boxes[:2]]
    name = "The oasis" if then == "split" else ""
    action = f"/entities/{number}/mentions"
    page = followed(browser, send(browser, page, action, mentions=chosen, then=then, name=name))
    done = last(browser)
    assert done["kind"] == ("split_mentions" if then == "split" else "reject_mention")
    assert len(done["mentions"]) == 2  # type: ignore[arg-type]
    assert entity(browser, number)["mentions"] == int(str(before["mentions"])) - 2
    if then == "split":
        assert entity(browser, int(str(done["to"])))["name"] == "The oasis"
    undo(browser, page)
    assert entity(browser, number) == before


LONG = "x" * 2_001


@pytest.mark.parametrize(
    ("form", "field", "fields", "said"),
    [
        ("rename", "name", {"name": "  "}, "Name is blank."),
        ("rename", "name", {"name": "x" * 201}, "201 characters; the limit is 200."),
        ("rename", "reason", {"name": "Tadmur", "reason": LONG}, "the limit is 2,000."),
        ("rename", "author", {"name": "Tadmur", "author": "x" * 201}, "the limit is 200."),
        ("retype", "type", {"type": "TOWN"}, "'TOWN' is no type"),
        ("names", "aliases", {"aliases": None}, "Choose at least one name."),
        ("names", "aliases", {"aliases": "Nobody"}, "'Nobody' is no name of entity"),
        ("names", "aliases", {"aliases": "Nobody", "then": "reject"}, "'Nobody' is no name"),
        ("names", "then", {"aliases": "Palmyra", "then": "both"}, "Say what they are."),
        ("mentions", "mentions", {"mentions": None}, "Choose at least one mention."),
        ("mentions", "mentions", {"mentions": "99999"}, "has no mention 99999."),
        ("mentions", "mentions", {"mentions": "one"}, "'one' is no id."),
        ("mentions", "mentions", {"mentions": "9" * 40, "then": "reject"}, "is no id."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_kept(
    visitor: httpx.Client, form: str, field: str, fields: dict[str, Field], said: str
) -> None:
    number, before = number_of(visitor, "Palmyra"), last(visitor)
    page = visitor.get(f"/entities/{number}")
    given = {"reason": "our house style", **fields}
    answer = send(visitor, page, f"/entities/{number}/{form}", **given)
    assert answer.status_code == 422
    tree = parsed(answer.text)
    assert said in words(one(tree, f"#{form}-{field}-wrong"))
    assert said in problem(answer)
    wrong = one(tree, "[aria-invalid]")
    assert wrong.get("aria-describedby") == f"{form}-{field}-wrong"
    assert one(tree, f"#{form}").get("open") is not None
    assert value(tree, f"#{form}-reason") == given["reason"]
    if form == "rename":
        assert value(tree, "#rename-name") == fields["name"]
    assert last(visitor) == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"into": None}, "Choose the one that it is."),
        ({"into": "99999"}, "There is no entity 99999."),
        ({"into": "self"}, "An entity cannot be merged into itself."),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(
    visitor: httpx.Client, fields: dict[str, Field], said: str
) -> None:
    number = number_of(visitor, "Moscow")
    page = visitor.get(f"/entities/{number}/merge?q=kremlin")
    given = {n: str(number) if v == "self" else v for n, v in fields.items()}
    answer = send(visitor, page, f"/entities/{number}/merge", **given, reason="one and the same")
    assert answer.status_code == 422
    tree = parsed(answer.text)
    assert words(one(tree, "#merge-into-wrong")) == said
    assert value(tree, "#merge-reason") == "one and the same"
    assert value(tree, "#q") == "kremlin"
    assert visitor.get(f"/entities/{number}/merge?q=qqqq").status_code == 200
    assert visitor.get("/entities/99999/merge?q=a").status_code == 404


def test_a_correction_that_clashes_is_409_on_the_page(visitor: httpx.Client) -> None:
    moscow, kremlin = number_of(visitor, "Moscow"), number_of(visitor, "Kremlin")
    old = visitor.get(f"/entities/{kremlin}")
    page = visitor.get(f"/entities/{moscow}/merge?q=kremlin")
    page = followed(visitor, send(visitor, page, f"/entities/{moscow}/merge", into=str(kremlin)))
    answer = send(visitor, old, f"/entities/{kremlin}/rename", name="The Kremlin")
    assert answer.status_code == 409
    assert "part of entity" in problem(answer)
    undo(visitor, page)


def test_the_log_says_who_what_and_why_and_undoes(browser: httpx.Client) -> None:
    number = number_of(browser, "Palmyra")
    page = browser.get(f"/entities/{number}")
    fields = {"name": "Tadmur", "author": "Ada", "reason": "its Arabic name"}
    followed(browser, send(browser, page, f"/entities/{number}/rename", **fields))
    done = last(browser)
    log = browser.get("/corrections?kind=rename&state=active")
    entry = one(parsed(log.text), f"#undo-{done['id']}")
    assert words(one(entry, ".what")) == "Tadmur is called ‘Tadmur’"
    assert "Ada: its Arabic name" in words(entry)
    assert value(entry, "input[name=author]") == "Ada"  # remembered
    action = f"/corrections/{done['id']}/undo"
    too_long = send(browser, log, action, reason=LONG)
    assert too_long.status_code == 422
    assert "2,001" in words(one(parsed(too_long.text), f"#undo-{done['id']}-reason-wrong"))
    page = followed(browser, send(browser, log, action, author="Ben", reason="no, not here"))
    assert page.url.path == "/corrections"
    entry = one(parsed(page.text), f"#undo-{done['id']}")
    assert "Ben: no, not here" in words(entry)
    assert entry.cssselect("form") == []
    assert entity(browser, number)["name"] == "Palmyra"
    again = send(browser, log, action)
    assert again.status_code == 404
    assert "was undone already" in words(one(parsed(again.text), ".lede"))
    assert browser.get("/corrections?kind=rename&state=undone").status_code == 200
    entry_on_page = words(parsed(browser.get(f"/entities/{number}").text))
    assert "Ben: no, not here" in entry_on_page


def test_the_log_goes_on_and_may_be_of_one_entity(visitor: httpx.Client) -> None:
    number = number_of(visitor, "Palmyra")
    for name in ("Tadmur", "Tadmor", "Palmyra"):
        page = visitor.get(f"/entities/{number}")
        page = followed(visitor, send(visitor, page, f"/entities/{number}/rename", name=name))
    undo(visitor, page)
    seen: list[str] = []
    link: str | None = f"/corrections?entity={number}&limit=2"
    while link:
        tree = parsed(visitor.get(link).text)
        seen += [str(e.get("id")) for e in tree.cssselect(".log li")]
        more = tree.cssselect(".more-link a")
        link = more[0].get("href") if more else None
    total = visitor.get(f"/v1/corrections?entity={number}").json()["total"]["value"]
    assert len(seen) == len(set(seen)) == total
    for each in visitor.get(f"/v1/corrections?entity={number}&state=active").json()["items"]:
        visitor.delete(f"/v1/corrections/{each['id']}")
    assert visitor.get("/corrections?kind=nonsense").status_code == 422


def test_a_correction_without_a_name_is_the_keys(stranger: httpx.Client) -> None:
    send(stranger, stranger.get("/sign-in"), "/sign-in", key=KEY)
    number = number_of(stranger, "Palmyra")
    page = stranger.get(f"/entities/{number}")
    page = followed(stranger, send(stranger, page, f"/entities/{number}/rename", name="Tadmur"))
    assert str(last(stranger)["author"]).startswith("key:")
    undo(stranger, page)


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


def test_an_outlet_is_renamed_merged_and_all_is_undone(browser: httpx.Client) -> None:
    before = browser.get("/v1/sources").json()["items"]
    start = browser.get("/sources/coastal-courier")
    link = one(parsed(start.text), 'a[href$="/correct"]').get("href")
    page = browser.get(str(link))
    action = "/sources/coastal-courier/rename"
    page = followed(browser, send(browser, page, action, name="The Courier", author="Ada"))
    assert words(one(parsed(page.text), ".page-title")) == "The Courier"
    assert browser.get("/v1/sources/the-courier").json()["name"] == "The Courier"
    page = undo(browser, page)
    fields = {"into": "The Daily Lantern", "reason": "one house"}
    action = "/sources/coastal-courier/merge"
    page = followed(browser, send(browser, page, action, **fields))
    told = words(one(parsed(page.text), ".done p"))
    assert told == "Corrected: the-daily-lantern is part of coastal-courier."
    assert len(browser.get("/v1/sources").json()["items"]) == len(before) - 1
    page = undo(browser, page)
    assert browser.get("/v1/sources").json()["items"] == before
    log = words(parsed(browser.get("/corrections?source=coastal-courier").text))
    assert "one house" in log


@pytest.mark.parametrize(
    ("form", "field", "fields", "status", "said"),
    [
        ("rename", "name", {"name": " "}, 422, "Name is blank."),
        ("rename", "name", {"name": "Coastal Courier"}, 422, "It is called so already."),
        ("rename", "name", {"name": "The Daily Lantern"}, 409, "is called so: merge"),
        ("merge", "into", {"into": "Nobody"}, 422, "No outlet is called so."),
        ("merge", "into", {"into": "coastal-courier"}, 422, "cannot be merged into itself"),
    ],
)
def test_what_does_not_fit_an_outlet_is_said_at_its_field(
    visitor: httpx.Client, form: str, field: str, fields: dict[str, Field], status: int, said: str
) -> None:
    page = visitor.get("/sources/coastal-courier/correct")
    answer = send(visitor, page, f"/sources/coastal-courier/{form}", **fields, reason="a reason")
    assert answer.status_code == status
    tree = parsed(answer.text)
    assert said in words(one(tree, f"#{form}-{field}-wrong"))
    assert value(tree, f"#{form}-{field}") == fields[field]
    assert value(tree, f"#{form}-reason") == "a reason"
    assert visitor.get("/sources/nobody/correct").status_code == 404


def test_a_story_is_split_merged_and_all_is_undone(browser: httpx.Client) -> None:
    def stories() -> object:
        found = browser.get("/v1/stories?sort=id").json()["items"]
        return [{n: v for n, v in each.items() if n != "updated_at"} for each in found]

    before = stories()
    link = one(parsed(browser.get("/stories/1").text), 'a[href$="/correct"]').get("href")
    page = browser.get(str(link))
    boxes = [str(e.get("value")) for e in parsed(page.text).cssselect("[name=articles]")]
    action = "/stories/1/split"
    answer = send(browser, page, action, articles=boxes, reason="a reason")
    assert answer.status_code == 422
    assert "none would stay" in words(one(parsed(answer.text), "#split-articles-wrong"))
    assert value(parsed(answer.text), "#split-reason") == "a reason"
    page = followed(browser, send(browser, page, action, articles=boxes[:1], author="Ada"))
    told = words(one(parsed(page.text), ".done p"))
    new = last(browser)["to"]
    assert told == f"Corrected: 1 article of Story 1 is story {new}."
    page = undo(browser, page)
    assert stories() == before
    page = browser.get("/stories/1/correct?q=ferry")
    other = str(one(parsed(page.text), "[name=into]").get("value"))
    page = followed(browser, send(browser, page, "/stories/1/merge", into=other))
    assert (
        words(one(parsed(page.text), ".done p")) == f"Corrected: Story 1 is part of story {other}."
    )
    assert "correct that one" in words(parsed(browser.get("/stories/1/correct").text))
    undo(browser, page)
    assert stories() == before
    page = browser.get("/stories/1/correct?q=ferry")
    nobody = send(browser, page, "/stories/1/merge", into="99999")
    assert words(one(parsed(nobody.text), "#merge-into-wrong")) == "There is no story 99999."
