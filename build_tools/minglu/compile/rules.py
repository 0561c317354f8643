"""Deadlines and amounts → their rule in words, for a reader whose exact days or sums are not known."""

from minglu.engine.labels import period_label
from minglu.resolve.model import Amount, Deadline, Outcome, Start, Tree


def deadline_rule(deadline: Deadline, outcome: Outcome, tree: Tree) -> str:
    """民法典第201条: the first day does not count, so counting starts on the next."""
    begins = f"从{start_words(deadline.start, outcome, tree)}的次日起算"
    period = period_label(deadline.within)
    return f"{begins}，{period}以内" if deadline.kind == "due" else f"{begins}，满 {period}以后"


def start_words(start: Start, outcome: Outcome, tree: Tree) -> str:
    days = [day_words(name, plus, outcome, tree) for name, plus in start.dates]
    if len(days) == 1:
        return days[0]
    return f"{'、'.join(days)}里{'较早' if start.of == 'earliest' else '较晚'}的一天"


def day_words(name: str, plus: int, outcome: Outcome, tree: Tree) -> str:
    """The day that a question asks for, or the last day of an earlier deadline."""
    if name in tree.questions:
        words = f"“{tree.questions[name].ask.rstrip('？?')}”那天"
    else:
        words = f"“{next(one.label for one in outcome.deadlines if one.id == name)}”期满那天"
    return f"{words}再过 {plus} 天" if plus else words


def amount_rule(amount: Amount, tree: Tree) -> str:
    question = tree.questions[amount.sum]
    words = f"“{question.ask.rstrip('？?')}”的数目" + (f" × {amount.times}" if amount.times != 1 else "")
    least = f"{amount.at_least} {question.unit}".strip()
    return words + (f"，不足 {least}的按 {least}" if amount.at_least else "")
