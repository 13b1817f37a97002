"""The same article is known again; two articles never share a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.source_name import source_slug
from app.errors import InvalidInput
from app.intake.identity import canonical_url, content_hash, identity


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://post.example/a", "https://post.example/a"),
        ("HTTPS://Post.Example/a", "https://post.example/a"),
        ("http://post.example/a", "https://post.example/a"),
        ("https://post.example:443/a", "https://post.example/a"),
        ("http://post.example:80/a", "https://post.example/a"),
        ("https://post.example:8443/a", "https://post.example:8443/a"),
        ("https://post.example", "https://post.example/"),
        ("https://post.example/a/", "https://post.example/a"),
        ("https://post.example/a#part", "https://post.example/a"),
        ("https://ada:secret@post.example/a", "https://post.example/a"),
        ("https://post.example./a", "https://post.example/a"),
        ("https://post.example/a?utm_source=x&utm_medium=y", "https://post.example/a"),
        ("https://post.example/a?fbclid=1&id=7&gclid=2", "https://post.example/a?id=7"),
        ("https://post.example/a?b=2&a=1", "https://post.example/a?a=1&b=2"),
        ("https://post.example/a?", "https://post.example/a"),
        ("https://post.example/%7eada/b%2fc", "https://post.example/~ada/b%2Fc"),
        ("https://post.example/x/../a", "https://post.example/a"),
        ("https://post.example/brücke", "https://post.example/br%C3%BCcke"),
        ("https://müller.example/a", "https://xn--mller-kva.example/a"),
        ("http://[::1]:8000/a", "https://[::1]:8000/a"),
        ("  https://post.example/a\n", "https://post.example/a"),
        ("https://www.post.example/a", "https://post.example/a"),
        ("http://m.post.example/a/amp/", "https://post.example/a"),
        ("https://mobile.post.example/a.amp", "https://post.example/a"),
        ("https://post.example/a?ref=front-page&amp=1", "https://post.example/a"),
        ("https://post.example/a?outputType=amp&id=3", "https://post.example/a?id=3"),
    ],
)
def test_addresses_of_one_page_share_a_form(url: str, wanted: str) -> None:
    assert canonical_url(url) == wanted
    assert canonical_url(wanted) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/a", "https://news.post.example/a"),
        ("https://m.example/a", "https://example/a"),
        ("https://post.example/amp", "https://post.example/"),
        ("https://post.example/a?ref=17", "https://post.example/a?ref=18"),
        ("https://post.example/a", "https://post.example/A"),
        ("https://post.example/a", "https://post.example/amp/a"),
        ("https://post.example/?id=1", "https://post.example/?id=2"),
        ("https://post.example/a?page=2", "https://post.example/a"),
        ("https://post.example/a?partnership=2", "https://post.example/a"),
    ],
)
def test_addresses_that_may_lead_to_two_pages_stay_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "url",
    [
        *("", "post.example/a", "ftp://post.example/a", "https://", "https://a..b/"),
        *("https://a:99999/", "javascript:alert(1)", "https://post.example/\x00"),
        *("https://[::zz]/", "http://\udcff.example/", "https://post.example/" + "a" * 3_000),
    ],
)
def test_what_is_no_http_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        canonical_url(url)
    assert raised.value.detail


@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("https://post.example/".__add__)))
def test_any_text_is_an_address_of_one_form_or_refused(url: str) -> None:
    try:
        form = canonical_url(url)
    except InvalidInput:
        return
    assert form.isascii()
    assert canonical_url(form) == form


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("VICE News", "vice-news"),
        ("Le Monde", "le-monde"),
        ("Süddeutsche Zeitung", "suddeutsche-zeitung"),
        ("Łódzka Gazeta", "lodzka-gazeta"),
        ("Politiken & Ørnen", "politiken-and-ornen"),
        ("The People's Post", "the-peoples-post"),
        ("Новости", "novosti"),
        ("Українська правда", "ukrayinska-pravda"),
        ("Καθημερινή", "kathimerini"),
        ("post.example", "post-example"),
        ("  The   Bridge—Post! ", "the-bridge-post"),
    ],
)
def test_a_source_has_a_readable_slug(name: str, slug: str) -> None:
    assert source_slug(name) == slug


@pytest.mark.parametrize(
    "name", ["朝日新聞", "الجزيرة", "हिन्दुस्तान", "한겨레", "Al Jazeera الجزيرة", "x" * 200]
)
def test_a_name_that_is_not_spelt_out_has_a_slug_of_its_own(name: str) -> None:
    slug = source_slug(name)
    assert slug.isascii()
    assert len(slug) <= 70
    assert source_slug(name) == slug
    assert slug not in {source_slug("読売新聞"), source_slug("Al Jazeera"), source_slug("x" * 201)}


@given(st.text(max_size=40))
def test_any_name_has_a_slug_fit_for_an_address_or_is_refused(name: str) -> None:
    try:
        slug = source_slug(name)
    except InvalidInput:
        return
    assert slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert source_slug(slug) == slug


def test_the_outlets_own_id_comes_first_then_the_address_then_the_words() -> None:
    url = "https://post.example/a?utm_source=x"
    assert identity("The Post", "7", url, "h") == "external:the-post:7"
    assert identity("The Post", None, url, "h") == "url:https://post.example/a"
    assert identity("The Post", None, None, "h") == "content:the-post:h"
    assert identity(None, None, None, "h") == "content::h"


def test_two_outlets_with_one_text_or_id_are_two_articles() -> None:
    assert identity("A", None, None, "h") != identity("B", None, None, "h")
    assert identity("A", "7", None, "h") != identity("B", "7", None, "h")
    assert identity(None, "b:7", None, "h") != identity("b", "7", None, "h")


def test_white_space_does_not_change_content_but_words_and_titles_do() -> None:
    assert content_hash("A  title", "One\r\n\r\ntwo ") == content_hash("A title", "One two")
    assert content_hash("A title", "One two") != content_hash("A title", "One Two")
    assert content_hash("A title", "One two") != content_hash("Another", "One two")
    assert content_hash("A", "title One") != content_hash("A title", "One")
    assert content_hash(None, "One") == content_hash("", "One")
