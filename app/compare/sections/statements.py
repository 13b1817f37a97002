"""Facts that several sides report, and what one side alone reports: made in
`app.compare.statements`."""

from app.compare.method import Material, Method
from app.compare.statements import METHOD as VERSION
from app.domain.sections.statements import StatementSection


def _make(material: Material, evidence: int, top: int) -> StatementSection:
    # Imported here, for it brings numpy and scipy: what a section needs is asked without making it.
    from app.compare.statements.section import statement_section

    return statement_section(
        material.sides,
        material.source,
        copies=material.copies,
        quoted=material.quotes,
        evidence=evidence,
        top=top,
        unclear=material.unclear,
        pairs=material.pairs,
    )


METHOD = Method(
    "statements",
    needs=frozenset(
        {"sentences", "owners", "fingerprints", "vectors", "quotes", "figures", "dates"}
    ),
    version=VERSION,
    make=_make,
)
