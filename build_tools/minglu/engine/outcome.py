"""An outcome state and a walk → what the reader gets: items shown, deadlines with their dates, amounts."""

from datetime import date, timedelta

from .dates import Calendar, Period, deadline
from .letter import letter
from .walk import Walk

LISTS = ("remedies", "grounds", "burden", "evidence", "risks", "channels", "mistakes")


def outcome(tree: dict, state: str, here: Walk, today: date, calendar: Calendar) -> dict:
    """The JSON of docs/contribute/engine.md for the outcome at `state`; items whose guard does not hold there are left out."""
    at = tree["states"][state]
    whole = tree["outcomes"][at["node"]]
    shown = {
        name: [
            item for index, item in enumerate(whole[name]) if index in at["items"].get(name, range(len(whole[name])))
        ]
        for name in (*LISTS, "deadlines", "amounts", "letters")
    }
    reckoned = deadlines(tree, shown["deadlines"], here, today, calendar)
    letters = [item | {"text": letter(item["text"], tree, here, reckoned, today)} for item in shown["letters"]]
    cites = [
        cite
        for name in ("remedies", "grounds", "deadlines", "burden", "amounts", "risks")
        for item in shown[name]
        for cite in item["cite"]
    ]
    return {
        "id": at["node"],
        "title": whole["title"],
        "standing": whole["standing"],
        "says": whole["says"],
        **{name: shown[name] for name in LISTS},
        "cites": list(dict.fromkeys(cites)),
        "deadlines": reckoned,
        "amounts": [amount(item, here) for item in shown["amounts"]],
        "letters": letters,
    }


def deadlines(tree: dict, items: list[dict], here: Walk, today: date, calendar: Calendar) -> list[dict]:
    """Each deadline with its date where the start is known to the day; else the date is None and the rule stands in words."""
    days: dict[str, date] = {}
    done = []
    for item in items:
        begins = start(item["from"], here, days)
        common = {name: item[name] for name in ("id", "kind", "label", "cite", "basis", "says")}
        if begins is None:
            done.append(
                common
                | {
                    "date": None,
                    "unshifted": None,
                    "sure": False,
                    "state": None,
                    "days_left": None,
                    "how": item["rule"],
                }
            )
            continue
        reckoned = deadline(begins, Period.parse(item["within"]), calendar)
        days[item["id"]] = reckoned.date
        left = (reckoned.date - today).days
        state = (
            standing_of(item["kind"], left) if reckoned.sure or left >= 0 else None
        )  # an unpublished holiday may still move the day
        done.append(
            common
            | {
                "date": reckoned.date.isoformat(),
                "unshifted": reckoned.unshifted.isoformat(),
                "sure": reckoned.sure,
                "state": state,
                "days_left": left,
                "how": reckoned.how,
            }
        )
    return done


def start(begins: dict, here: Walk, days: dict[str, date]) -> date | None:
    """The day that a deadline is counted from, if every date it needs is known."""
    known = []
    for name, plus in begins["dates"]:
        day = days.get(name) or here.exact(name)
        if not isinstance(day, date):
            return None
        known.append(day + timedelta(days=plus))
    return min(known) if begins["of"] == "earliest" else max(known)


def standing_of(kind: str, left: int) -> str:
    """`due`: open, today, passed. `ripens`: the right arises once the day has passed (民法典第201条), so on that day it is not yet ripe."""
    if kind == "ripens":
        return "ripe" if left < 0 else "not-yet"
    return "open" if left > 0 else "today" if left == 0 else "passed"


def amount(item: dict, here: Walk) -> dict:
    """`times` the number answered, at least the floor; None where the number is not known."""
    number = here.exact(item["sum"])
    value = None if number is None else max(number * item["times"], item["at_least"])
    return {name: item[name] for name in ("id", "label", "cite", "basis", "says")} | {"value": value}
