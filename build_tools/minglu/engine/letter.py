"""A letter as its author wrote it → one reader's letter: fields in braces filled in, blanks where nothing exact is known.

A field is `{today}`, a question's id or a deadline's id. What only the reader knows stands in 【】 and stays.
"""

import re
from datetime import date

from .labels import answer_label, day_label
from .walk import UNSURE, Walk

FIELD = re.compile(r"\{([^{}\n]*)\}")
BLANK = "＿＿＿＿"


def letter(text: str, tree: dict, here: Walk, deadlines: list[dict], today: date) -> str:
    """`deadlines` are those of the reader's outcome, as `outcome.deadlines` reckons them."""
    days = {item["id"]: item["date"] for item in deadlines if item["date"]} | {"today": today.isoformat()}
    answers = {step.question: step for step in here.path}

    def filled(field: re.Match) -> str:
        name = field[1]
        if name in days:
            return day_label(days[name])
        step = answers.get(name)
        if (
            step is None
            or step.answer == UNSURE
            or (tree["questions"][name]["kind"] != "choice" and step.exact is None)
        ):
            return BLANK
        question = tree["questions"][name]
        return (
            f"{step.exact}{question['unit']}" if question["kind"] == "number" else answer_label(question, step.answer)
        )

    return FIELD.sub(filled, text)


def blank(text: str) -> str:
    """The letter for a page without a script."""
    return FIELD.sub(BLANK, text)
