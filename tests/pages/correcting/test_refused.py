"""What does not fit is said at its field, and kept."""

import httpx
import pytest

from tests.pages.correcting.sending import (
    Field,
    followed,
    last,
    number_of,
    problem,
    send,
    undo,
    value,
)
from tests.pages.reading import one, parsed, words

LONG = "x" * 2_001  # of a reason


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
