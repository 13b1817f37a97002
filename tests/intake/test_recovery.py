"""What the extractor runs together or leaves out: put back from the page itself."""

import json

import pytest

from app.domain.article import Submission
from app.intake.blocks import Block, page_blocks
from app.intake.clean import clean
from app.intake.recovery import Piece, recovered

FIRST = (
    "The harbour board voted on Monday to dredge the north channel, after two ships ran aground."
)
SECOND = "Fishermen say that the spoil will bury the mussel beds on which forty families live."
THIRD = "A second vote is due in May, and the board has asked a laboratory for a report by then."


def body(html: str) -> list[str]:
    document = clean(Submission(html=html), max_chars=100_000)
    return document.text[document.body_start :].split("\n\n")


def article(inside: str, after: str = "") -> str:
    title = "Channel to be dredged"
    return (
        f"<html><head><title>{title}</title></head><body><main><article><h1>{title}</h1>"
        f"{inside}</article></main>{after}</body></html>"
    )


def test_a_short_page_keeps_its_paragraphs_and_its_headline_once() -> None:
    html = article(f"<p>{FIRST}</p><p class='paywall' amp-access-hide>{SECOND}</p>")
    assert body(html) == [FIRST, SECOND]


def test_a_marked_caption_between_paragraphs_is_none() -> None:
    caption = (
        "<span class='caption'>Ships lie off the pier at low tide.</span> <b>Photo: N. Quist</b>"
    )
    html = article(f"<p>{FIRST}</p><div class='img-credit-box'>{caption}</div><p>{SECOND}</p>")
    document = clean(Submission(html=html), max_chars=100_000)
    assert body(html) == [FIRST, SECOND]
    assert "caption" in [removed.reason for removed in document.removed]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n\n{SECOND}\n\n{THIRD}",
        f"{FIRST}\r\n{SECOND}\r\n{THIRD}",
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
        f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;br&gt;&lt;/p&gt;&lt;p&gt;{THIRD}&lt;/p&gt;",
    ],
)
def test_a_text_in_the_data_of_the_page_alone_keeps_its_paragraphs(text: str) -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Channel", "articleBody": text})
    script = f"<script type='application/ld+json'>{node}</script>"
    html = (
        f"<html><head><title>Channel</title>{script}</head><body><div id='app'></div></body></html>"
    )
    assert body(html) == [FIRST, SECOND, THIRD]


def test_a_live_blog_keeps_headings_and_times() -> None:
    posts = "".join(
        f"<div class='entry'><time>{hour}:05</time><h2>{head}</h2><p>{text}</p></div>"
        for hour, head, text in (
            (14, "Board adjourns", FIRST),
            (13, "Fishermen speak", SECOND),
            (12, "Vote opens", THIRD),
        )
    )
    main = f"<main><h1>Channel live</h1>{posts}</main>"
    found = body(f"<html><head><title>Channel live</title></head><body>{main}</body></html>")
    assert found[:3] == ["14:05", "Board adjourns", FIRST]
    assert found[3:] == ["13:05", "Fishermen speak", SECOND, "12:05", "Vote opens", THIRD]


def test_a_standfirst_in_the_header_is_the_subtitle() -> None:
    line = "Two groundings in a month moved the harbour board to act, against the fishermen's will."
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>" * 2
    html = (
        "<html><head><title>Channel to be dredged</title></head><body><main><article>"
        f"<header><h1>Channel to be dredged</h1><p class='article-teaser'>{line}</p></header>"
        f"<div class='text'>{text}</div></article></main></body></html>"
    )
    document = clean(Submission(html=html), max_chars=100_000)
    assert document.subtitle == line
    assert document.text.startswith(f"Channel to be dredged\n\n{line}\n\n")


def test_between_two_blocks_only_what_reads_as_their_text_comes_back() -> None:
    tree = _tree(
        f"<div class='t'><p>{FIRST}</p><h3>What it costs</h3><p>{SECOND}</p>"
        "<ul><li>Nobody pays before the second vote is held, the board says.</li><li>Home</li></ul>"
        "<div class='related'><p>Another harbour was closed last year, after a storm.</p></div>"
        f"<h3>Other news</h3><h3>Old pier sold</h3><p>{THIRD}</p></div>"
    )
    extracted = [Piece(FIRST), Piece(SECOND), Piece(THIRD)]
    found = [piece.text for piece in recovered(extracted, page_blocks(tree), (), None)]
    assert found == [
        FIRST,
        "What it costs",
        SECOND,
        "Nobody pays before the second vote is held, the board says.",
        "Old pier sold",
        THIRD,
    ]


def test_the_description_of_the_page_finds_its_standfirst_without_a_headline() -> None:
    line = "Two groundings in a month moved the harbour board to act"
    tree = _tree(f"<div><b>Menu</b></div><div>{line}</div><div>Share</div><p>{FIRST}</p>")
    found = recovered([Piece(FIRST)], page_blocks(tree), (), f"{line}, against all advice")
    assert [(piece.text, piece.standfirst) for piece in found] == [(line, True), (FIRST, False)]


def test_cells_of_a_row_stay_one_block() -> None:
    tree = _tree(
        "<table><tr><td>Board</td><td>7</td></tr><tr><td>Fishermen</td><td>2</td></tr></table>"
    )
    assert [block.words for block in page_blocks(tree)] == [("board", "7"), ("fishermen", "2")]


def test_many_blocks_take_time_in_proportion() -> None:
    blocks = [Block(f"{FIRST} {number % 7}") for number in range(20_000)]
    pieces = [Piece(" ".join(block.text for block in blocks[at : at + 3])) for at in range(2_000)]
    assert len(recovered(pieces, blocks, (), None)) >= 2_000


def _tree(inside: str) -> object:
    from trafilatura.utils import load_html

    return load_html(f"<html><body>{inside}</body></html>")
