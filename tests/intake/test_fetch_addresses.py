import ipaddress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RefusedAddress
from app.intake.address import check_url, checked_addresses, parse_url, refusal


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ],
)
def test_addresses_that_are_refused(address: str) -> None:
    assert refusal(ipaddress.ip_address(address), allow_private=False)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "172.15.0.1", "172.32.0.1", "8.8.8.8", "2606:4700::1111", "2a00:1450::8a"],
)
def test_public_addresses(address: str) -> None:
    assert refusal(ipaddress.ip_address(address), allow_private=False) is None


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("10.1.2.3", True),
        ("127.0.0.1", True),
        ("192.168.1.1", True),
        ("::1", True),
        ("fd12::1", True),
        ("169.254.169.254", False),
        ("168.63.129.16", False),
        ("fd00:ec2::254", False),
        ("fe80::1", False),
        ("::ffff:10.0.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
    ],
)
def test_private_ones_may_be_allowed_and_metadata_never(address: str, allowed: bool) -> None:
    found = refusal(ipaddress.ip_address(address), allow_private=True)
    assert (found is None) == allowed


@given(st.ip_addresses())
def test_what_python_knows_as_not_global_is_refused(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if not address.is_global or address.is_multicast:
        assert refusal(address, allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/",
        "javascript:alert(1)",
        "http:///a",
        "http://user@news.example/",
        "http://user:word@news.example/",
        "http://news.example:0/",
        "http://news.example:22/",
        "http://news.example:6667/",
        "http://news.example:99999/",
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127。0。0。1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://news.example.0x10/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://[fe80::1%25eth0]/",
        "http://localhost/",
        "http://LocalHost./",
        "http://a.localhost/",
        "http://metadata.google.internal/",
        "http://%31%32%37.0.0.1/",
        "http://exa mple.org/",
        "http://a\\b.example/",
    ],
)
def test_addresses_whose_form_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddress):
        check_url(parse_url(url), allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/a?b=c",
        "https://news.example:8443/",
        "http://93.184.216.34/",
        "http://[2606:4700::1111]/",
        "https://münchen.example/",
        "http://under_score.example./",
    ],
)
def test_addresses_whose_form_is_taken(url: str) -> None:
    assert check_url(httpx.URL(url + "#part"), allow_private=False) == httpx.URL(url)


def test_message_hides_the_password() -> None:
    with pytest.raises(RefusedAddress) as caught:
        check_url(httpx.URL("http://user:secret@news.example/"), allow_private=False)
    assert "secret" not in caught.value.detail


def test_what_a_resolver_makes_up_is_no_address() -> None:
    with pytest.raises(RefusedAddress, match="not an IP address"):
        checked_addresses(
            "news.example", 80, lambda host, port: ["inside"], allow_private=False, seconds=1
        )
