"""Datelines: 'LONDON (Reuters) - ', 'PARIS, March 3 (AP) — ', 'Oslo (dpa) - '."""

import re

_CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,4}"
_WORDS = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_WITH = r"(?:, [A-Z][\w.]{1,12}(?: \w{1,9}\.?)?){0,2}(?:, \d{1,2} [A-Z]\w+)?"
_AGENCY = r" ?\([A-Z][\w ./-]{1,30}\)"
# A small letter goes on with the sentence: 'UNESCO - the UN's body for culture - said'.
_DASH = r"\s?[-–—―]{1,2}\s(?![a-z])"

# A whole dateline, which opens a line; a place that is not in capitals needs its agency.
DATELINE = re.compile(
    rf"(?m:^)(?:{_CAPITALS}{_WITH}(?:{_AGENCY})?|{_WORDS}{_WITH}{_AGENCY}){_DASH}"
)
# What stands behind the place of one: ", 16 October (Agency) – ".
BEHIND_PLACE = re.compile(rf"{_WITH}(?:{_AGENCY})?{_DASH}")
