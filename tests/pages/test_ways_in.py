"""A stranger's first minutes, in a browser: from an empty collection to a comparison, by files that
are dropped or chosen by keyboard, by texts, and past what goes wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.pages.conftest import PASTED, Open, opening
from tests.web.conftest import serving

FILES = {
    "harbour.txt": PASTED[0][1] + "\n\n" + PASTED[0][2],
    "inland.html": f"<html><title>{PASTED[1][1]}</title><body><nav><p>Menu</p></nav><article>"
    f"<h1>{PASTED[1][1]}</h1><p>{PASTED[1][2]}</p></article></body></html>",
}
DROP = """([selector, files]) => {
  const data = new DataTransfer();
  for (const [name, text] of Object.entries(files)) {
    data.items.add(new File([text], name, { type: /html$/.test(name) ? "text/html" : "" }));
  }
  const target = document.querySelector(selector);
  const settings = { dataTransfer: data, bubbles: true, cancelable: true };
  target.dispatchEvent(new DragEvent("dragover", settings));
  if (!document.querySelector(".dropping")) throw new Error("nothing says that it takes files");
  target.dispatchEvent(new DragEvent("drop", settings));
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("ways")
    app = create_app(Settings(database_url=new_url(folder, "ways"), log_level="error"))
    with serving(app) as found:
        yield found


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with opening(chromium, address) as open_page:
        yield open_page()


def test_files_dropped_on_the_empty_collection_lead_to_their_comparison(page: Page) -> None:
    page.goto("/")
    page.evaluate(DROP, ["main", FILES])
    expect(page.locator("[data-chosen]")).to_have_text("harbour.txt, inland.html")
    # The button has the focus: who dropped files only confirms.
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your files are read")
    expect(page.locator("[role=status]")).to_contain_text("2 new")
    page.get_by_role("link", name="Compare these articles").click()
    expect(page.locator("#figures")).to_contain_text("417 seamen")


def test_files_are_chosen_and_sent_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    rows = tmp_path / "two.ndjson"
    rows.write_text('{"source": "Gazette", "text": "Bees swarmed in Oakdale."}\n{"text": 7}\n')
    page.goto("/add")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "add-files":
            break
    expect(page.locator("#add-files")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(rows)
    expect(page.locator("[data-chosen]")).to_have_text("two.ndjson")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your files are read")
    # What could not be read is named, with its reason.
    expect(page.locator(".reasons")).to_contain_text("text")


def test_what_cannot_be_added_is_told_at_its_field(page: Page) -> None:
    page.goto("/add")
    page.locator("#add-text").fill("http://127.0.0.1:9/article")
    page.locator("#add-source").fill("Gazette")
    page.get_by_role("button", name="Add").click()
    problem = page.get_by_role("alert")
    expect(problem).to_be_visible()
    field = page.locator("#add-text")
    expect(field).to_have_attribute("aria-describedby", "add-problem")
    expect(field).to_have_value("http://127.0.0.1:9/article")
    expect(page.locator("#add-source")).to_have_value("Gazette")


def test_files_dropped_on_the_texts_are_read_into_them(page: Page) -> None:
    page.goto("/compare")
    page.evaluate(DROP, ["body", FILES])
    expect(page.locator("#text-1")).to_have_value(FILES["harbour.txt"])
    expect(page.locator("#text-2")).to_have_value(f"{PASTED[1][1]}\n\n{PASTED[1][2]}")
    page.evaluate(DROP, ["#text-2", {"picture.png": "x"}])
    expect(page.locator("fieldset").nth(1)).to_contain_text("picture.png is not a text")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#figures")).to_contain_text("417 seamen")


def test_an_empty_text_is_told_at_its_field(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/compare")
    page.locator("#text-1").fill(PASTED[0][2])
    page.locator("#text-2").fill("  ")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#text-2")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#text-1")).to_have_value(PASTED[0][2])
    expect(page.get_by_role("alert")).to_contain_text("Text B is empty")
