"""Deadlines and amounts → their rule in words, for a reader whose exact days or sums are not known."""

from build_tools.engine.labels import period_label
from build_tools.resolve.model import Amount, Deadline, Outcome, Start, Tree


def deadline_rule(deadline: Deadline, outcome: Outcome, tree: Tree) -> str:
    """民法典第201条: the first day does not count, so counting starts on the next."""
    begins = f"从{start_words(deadline.start, outcome, tree)}的第二天起算"
    period = period_label(deadline.within)
    return f"{begins}，{period}以内" if deadline.kind == "due" else f"{begins}，满 {period}以后"


def start_words(start: Start, outcome: Outcome, tree: Tree) -> str:
    days = [day_words(name, plus, outcome, tree) for name, plus in start.dates]
    if len(days) == 1:
        return days[0]
    return f"{'、'.join(days)}这 {len(days)} 天里{'较早' if start.of == 'earliest' else '较晚'}的一天"


def day_words(name: str, plus: int, outcome: Outcome, tree: Tree) -> str:
    """The day that a question asks for, or the last day of an earlier deadline."""
    if name in tree.questions:
        words = f"“{tree.questions[name].ask}”那天"
    else:
        words = f"“{next(one.label for one in outcome.deadlines if one.id == name)}”期满那天"
    return f"{words}再过 {plus} 天" if plus else words


def amount_rule(amount: Amount, tree: Tree) -> str:
    question = tree.questions[amount.sum]
    rule = f"“{question.ask}”的数目" + (f" × {amount.times}" if amount.times != 1 else "")
    return rule + (f"，不足 {amount.at_least} {question.unit}的按 {amount.at_least} {question.unit}" if amount.at_least else "")
