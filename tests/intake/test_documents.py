import codecs

import pytest

from app.errors import UnreadableDocument
from app.intake.documents import declared_charset, decode

FRENCH = (
    "Le conseil a décidé mercredi de fermer le vieux marché, où près de deux cents étals étaient "
    "restés vides après l’été. « Nous n'avons pas le choix », a déclaré la présidente du comité, "
    "qui a promis d'aider les commerçants à trouver une autre place à côté de l'hôtel de ville."
)
RUSSIAN = (
    "Совет решил в среду закрыть старый рынок, где почти двести прилавков стояли пустыми после "
    "лета. «У нас нет выбора», — заявила председатель комитета, пообещав помочь торговцам найти "
    "другое место рядом с городской ратушей. Рынок работал на площади более ста лет."
)
POLISH = (
    "Rada zdecydowała w środę o zamknięciu starego targu, gdzie po lecie prawie dwieście stoisk "
    "stało pustych. Nie mamy wyboru, powiedziała przewodnicząca komitetu, która obiecała pomóc "
    "kupcom w znalezieniu innego miejsca obok ratusza. Targ działał na placu ponad sto lat."
)
JAPANESE = (
    "市議会は水曜日、夏の後に二百近い屋台が空のままになっていた古い市場を閉鎖することを決めた。"
    "「ほかに選択肢はない」と委員長は述べ、商人たちが市役所の隣に別の場所を見つけられるよう"
    "支援すると約束した。市場は百年以上にわたって広場で開かれていた。多くの住民は、この決定に"
    "驚いたと話している。ある女性は、子どものころから毎週ここで野菜を買っていたという。"
    "市は来月、新しい計画を発表する予定だが、費用についてはまだ明らかにしていない。"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_wide_and_marked_encodings(encoding: str) -> None:
    text = "The market closed — after a century."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH.replace("’", "'"), "latin-1"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'), "koi8-r"),
        (POLISH, "cp1250"),
        (POLISH, "iso-8859-2"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
    ],
)
def test_older_encodings_are_told_from_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("label", ["windows-1251", "CP1251", '"windows-1251"'])
def test_declared_charset_counts(label: str) -> None:
    assert decode("Рынок закрыт".encode("cp1251"), label) == "Рынок закрыт"


def test_latin1_label_is_read_as_browsers_read_it() -> None:
    assert decode("“No,” she said".encode("cp1252"), "iso-8859-1") == "“No,” she said"


def test_utf8_under_a_latin1_label_stays_utf8() -> None:
    assert decode("café".encode(), "iso-8859-1") == "café"


def test_declared_charset_that_does_not_fit_is_passed_over() -> None:
    assert decode("café".encode(), "shift_jis-nonsense") == "café"


@pytest.mark.parametrize(
    "html",
    [
        b'<html><meta charset="koi8-r"><p>%s',
        b"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>%s",
        b'<?xml version="1.0" encoding="koi8-r"?><p>%s',
    ],
)
def test_html_names_its_charset(html: bytes) -> None:
    assert decode(html % "рынок".encode("koi8-r")).endswith("рынок")


def test_byte_order_mark_goes_before_a_declaration() -> None:
    content = codecs.BOM_UTF8 + "café".encode()
    assert decode(content, "windows-1251") == "café"


def test_too_little_text_to_tell_is_refused_with_the_offset() -> None:
    with pytest.raises(UnreadableDocument, match=r"offset 6 \(0xE9\)"):
        decode("Le café".encode("latin-1"))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Señor Ruiz kept the baker".encode() + b"\x92" + "s café".encode(), "the baker’s café"),
        (b"<meta charset=utf-8>" + b"plain words " * 60 + b"f\xfcr", "plain words für"),
        (b"<meta charset=utf-8>" + b"plain words " * 60 + b"\x81", "plain words \ufffd"),
        ("naïve, très".encode() + b" \xe2\x80 cut", "très \ufffd cut"),
    ],
)
def test_a_stray_byte_costs_one_character(content: bytes, text: str) -> None:
    assert decode(content).endswith(text)


def test_chinese_under_the_older_name_of_its_charset() -> None:
    content = '<meta charset="gb2312">话剧㐀'.encode("gb18030")
    assert decode(content).endswith("话剧㐀")


def test_broken_utf16_names_the_offset() -> None:
    with pytest.raises(UnreadableDocument, match="offset 4 "):
        decode(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image"),
        (b"\x00\x00\x00\x18ftypmp42", "recording"),
        (bytes(range(256)) * 4, "binary data"),
    ],
)
def test_binary_content_is_named(content: bytes, kind: str) -> None:
    with pytest.raises(UnreadableDocument, match=kind):
        decode(content)


def test_one_control_character_is_no_binary() -> None:
    assert decode(b"a\x07b\x00c") == "a\x07b\x00c"


def test_no_declaration_is_none() -> None:
    assert declared_charset(b"<p>charset=latin-1</p>") is None
