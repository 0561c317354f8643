"""A letter as its author wrote it → one reader's letter: fields in braces filled in, gaps where nothing exact is known.

A field is `{today}`, `{replies}`, or the id of a question, a deadline or an amount. What only the reader knows stands
in 【】 and stays: a gap, whose name is the same in all letters where it asks for the same. A question without an exact
answer becomes a gap with the question's words; the day of a deadline and a sum stay blank.
"""

import re
from collections.abc import Mapping, Sequence

from .contract import CompiledTree
from .labels import UNSURE, answer_label, day_label
from .walk import Walk
from .words import engine_words

LETTER_FIELD = re.compile(r"\{([^{}\n]*)\}")
LETTER_GAP = re.compile(r"【([^【】\n]*)】")
REPLIES = "replies"
BLANK = "＿＿＿＿"


def fill_letter(
    text: str,
    tree: CompiledTree,
    here: Walk,
    *,
    days: Mapping[str, str],
    sums: Mapping[str, str],
    replies: Sequence[str] = (),
) -> str:
    """`days` are ISO days by field: today, and the day that stands large at each deadline of the reader's outcome;
    `sums` are its amounts in words. `replies` are the sentences for what the reader ticked; a line of `{replies}` alone
    goes where there are none.
    """
    text = with_replies(text, "".join(replies))
    answers = {step.question: step for step in here.path}

    def filled(field: re.Match[str]) -> str:
        name = field[1]
        if name in days:
            return day_label(days[name])
        if name in sums:
            return sums[name]
        step = answers.get(name)
        if step is None or step.answer == UNSURE:
            return blank(name, tree)
        question = tree.questions[name]
        if question.kind == "choice" or step.ticked:
            return answer_label(question, step.answer)
        if step.exact is None:
            return blank(name, tree)
        return f"{step.exact}{question.unit}" if question.kind == "number" else answer_label(question, step.answer)

    return LETTER_FIELD.sub(filled, text)


def with_replies(text: str, replies: str) -> str:
    """Braces in a sentence are the author's words, not fields."""
    field = f"{{{REPLIES}}}"
    if not replies:
        text = re.sub(rf"(?m)^[ \t]*{re.escape(field)}[ \t]*(\n+|\Z)", "", text)
    return text.replace(field, replies).rstrip("\n")


def blank_letter(text: str, tree: CompiledTree) -> str:
    """The letter for a page without a script: in place of the replies a line says what belongs there."""
    text = with_replies(text, engine_words("letter.replies"))
    return LETTER_FIELD.sub(lambda field: blank(field[1], tree), text)


def blank(field: str, tree: CompiledTree) -> str:
    """With its unit, as what is filled in has it."""
    question = tree.questions.get(field)
    gap = asked_gap(question.ask) if question else today_gap() if field == "today" else BLANK
    if question and question.kind == "number":
        return f"{gap}{question.unit}"
    is_sum = question.kind == "money" if question else is_amount(field, tree)
    return engine_words("money", value=gap) if is_sum else gap


def asked_gap(ask: str) -> str:
    """你哪天收到的？没有的填今天 → 【哪天收到的】"""
    name = re.split("[？?（(]", ask)[0].removeprefix("你").strip()
    gap = engine_words("paper.gap", name=name)
    return gap if name and LETTER_GAP.fullmatch(gap) else BLANK


def today_gap() -> str:
    return engine_words("paper.gap", name=engine_words("letter.today"))


def is_amount(field: str, tree: CompiledTree) -> bool:
    return any(field == one.id for outcome in tree.outcomes.values() for one in outcome.amounts)
