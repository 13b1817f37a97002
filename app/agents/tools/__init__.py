"""The seven tools, with what a model reads of them."""

from typing import Any

from app.agents.tool import Tool
from app.agents.tools.adding import AddArguments, add_text
from app.agents.tools.comparing import (
    CoverageArguments,
    OnlyArguments,
    compare_coverage,
    compare_texts,
    what_only_one_reports,
)
from app.agents.tools.finding import (
    ArticleArguments,
    StoryArguments,
    find_articles,
    find_stories,
)
from app.agents.tools.speaking import SpeakingArguments, who_said_what
from app.agents.tools.texts import ComparedTexts

TOOLS: tuple[Tool[Any], ...] = (
    Tool(
        "find_stories",
        "Start here: events that the outlets report, the newest first, each with its id (for the "
        "other tools), outlets, days and main names. `without` lists what an outlet does not "
        "report, with how many articles of it are here from those days: of few, silence says "
        "nothing.",
        StoryArguments,
        find_stories,
    ),
    Tool(
        "find_articles",
        "Articles by words, outlet, name, story or day, the newest first, each with how its lead "
        "begins. `read` gives the text of one, 4,000 characters at a time, which `start` and `end` "
        "of evidence count into.",
        ArticleArguments,
        find_articles,
    ),
    Tool(
        "compare_coverage",
        "What two to eight sides (outlets, articles, periods) share, where they tell it "
        "differently, which figures clash, who is heard, who is called what, what one alone has: "
        "claims, the most telling first, each with its quotes.",
        CoverageArguments,
        compare_coverage,
    ),
    Tool(
        "who_said_what",
        "Who is quoted by whom, how often, in which words: on each side of a comparison, or in "
        "one article (`articles` with one id). Then quotes that two sides give, and whether one "
        "altered them.",
        SpeakingArguments,
        who_said_what,
    ),
    Tool(
        "what_only_one_reports",
        "Sentences of one side not found on the others, the most important first, each with the "
        "probability of that and what comes nearest there. Not found is not denied.",
        OnlyArguments,
        what_only_one_reports,
    ),
    Tool(
        "compare_texts",
        "compare_coverage for two to eight texts that you send; nothing is stored. `article` is "
        "then a text's place, from 0; offsets count into title, empty line, text.",
        ComparedTexts,
        compare_texts,
        needs="analysing",
    ),
    Tool(
        "add_text",
        "Stores an article for good and analyses it; the same one again changes nothing. Answers "
        "with its id, state (`pending`: ask later) and story. Only if the user wants it kept: "
        "compare_texts stores nothing.",
        AddArguments,
        add_text,
        needs="writing",
    ),
)
