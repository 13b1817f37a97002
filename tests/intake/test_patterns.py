import re

from app.intake.patterns import Patterns
from app.languages import ALL, load


def test_parts_stand_within_parts_and_rules() -> None:
    found = Patterns("leftovers")
    assert found.part("picture_desk") in found.part("agency")
    assert found.part("network") in found.part("networks")
    assert not any("<<" in rule.pattern for _, _, rule in found.rules())


def test_rules_keep_their_order_and_say_why() -> None:
    rules = Patterns("leftovers").rules()
    assert len(rules) == len(load(ALL, "leftovers")["rules"])
    reason, cue, rule = rules[0]
    assert (reason, cue) == ("age notice", " old")
    assert rule.fullmatch("This article is more than 2 years old.")


def test_a_part_is_compiled_with_the_flags_asked_for() -> None:
    found = Patterns("bylines")
    assert found.compiled("lead", re.IGNORECASE).match("WRITTEN BY Ann Lowe")
    assert not found.compiled("lead").match("WRITTEN BY Ann Lowe")
