"""The states of one outcome → cases of one section: each item says in which of them it stands.

Hundreds of states would make a page too heavy for an old phone, and those of one outcome differ in a few items only. So
an outcome is one section; a state is an empty anchor in it with a number, and CSS hides what does not stand in the case
that the address names. Without CSS, and where no case is named, every such item says in words when it applies.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from minglu.engine.contract import CompiledItem, CompiledState, CompiledTree
from minglu.write.html import NOTHING, UNSEARCHED, Html, element, joined
from minglu.write.words import page_words


@dataclass(frozen=True)
class Cases:
    """`states` are all states of one outcome; a case is a state's place in it, from 1."""

    states: tuple[CompiledState, ...]

    @property
    def all(self) -> frozenset[int]:
        return frozenset(range(1, len(self.states) + 1))

    def cases_with(self, group: str, index: int) -> frozenset[int]:
        """The cases in which an item stands."""
        return frozenset(case for case, state in enumerate(self.states, 1) if index in state.items[group])

    def mark(self, cases: frozenset[int]) -> dict[str, str]:
        """The attribute for an element that stands in these cases only."""
        return {} if cases == self.all else {"data_in": " ".join(map(str, sorted(cases)))}

    def anchors(self) -> Html:
        """What the links to the states lead to."""
        if len(self.states) == 1:
            return NOTHING
        return joined(
            element("i", cls="at", id=state.id, data_at=str(case)) for case, state in enumerate(self.states, 1)
        )

    def section_id(self) -> str:
        """The section's own address, which names no case where there are several."""
        return self.states[0].node


def counts_by_case(stands: Iterable[frozenset[int]], cases: Cases) -> Html:
    """How many of these stand in each case, for the title of a list."""
    stands = list(stands)
    numbers: dict[int, set[int]] = {}
    for case in cases.all:
        if number := sum(case in those for those in stands):
            numbers.setdefault(number, set()).add(case)
    everywhere = frozenset().union(*stands)
    return joined(
        element(
            "span",
            page_words("page.count", count=number),
            cls="count",
            **({} if frozenset(those) == everywhere else cases.mark(frozenset(those))),
        )
        for number, those in numbers.items()
    )


def only_when(item: CompiledItem) -> Html:
    """When a guarded item applies, in words; hidden where a case is named."""
    if not item.when:
        return NOTHING
    return element("small", page_words("outcome.only-when", condition=item.when), cls="only", **UNSEARCHED)


def stylesheets(trees: Iterable[CompiledTree]) -> dict[str, bytes]:
    """What hides what does not stand in the case that the address names; the script leaves it out (web/sections.js).
    On paper the articles of the outcome that it names stand behind it, without the script.
    """
    trees = list(trees)
    most = max((len(states) for tree in trees for states in outcome_states(tree).values()), default=1)
    cases = range(1, most + 1) if most > 1 else range(0)
    addressed = "\n".join(addressed_rule(case) for case in cases)
    outcomes = range(1, max((len(tree.outcomes) for tree in trees), default=0) + 1)
    printed = "\n".join(printed_rule(outcome) for outcome in outcomes)
    sheet = f"{NAMED_CASE_RULES}{ADDRESSED_CASE_RULES}{addressed}\n{PRINTED_ARTICLES % printed}"
    return {"assets/minglu/cases.css": sheet.encode()}


def addressed_rule(case: int) -> str:
    at, hidden = f'tree-walk:not([ready]) .at[data-at="{case}"]:target', outside_case(case)
    return f"{at}~{hidden},{at}~* {hidden}{{display:none!important}}"


def printed_rule(outcome: int) -> str:
    """For the articles that this outcome does not cite."""
    named = f'[data-outcome="{outcome}"]'
    stands = f"tree-walk:not([ready]):has({named}:target,{named} :target)"
    return f'{stands} .articles li:not([data-of~="{outcome}"]){{display:none}}'


def outside_case(case: int) -> str:
    """A selector of what stands in other cases only."""
    return f'[data-in]:not([data-in~="{case}"])'


NAMED_CASE_RULES = """.outcome .at { display: block; height: 0; scroll-margin-top: 9rem; }
.outcome[data-now] .only { display: none; }
tree-walk[ready] .outcome:not([data-now]) :is(.known, .warn, .count)[data-in] { display: none; }
"""

ADDRESSED_STATES = (
    "tree-walk:not([ready]) .state:target, tree-walk:not([ready]) .state:has(:target), "
    "tree-walk:not([ready]):not(:has(:target)) .state[data-start]"
)

ADDRESSED_CASE_RULES = f"""@supports selector(:has(a)) {{
  tree-walk:not([ready]) .state {{ display: none; }}
  {ADDRESSED_STATES} {{ display: block; }}
}}
.at:target ~ * .only, .at:target ~ .only {{ display: none; }}
tree-walk:not([ready]) .outcome:not(:has(.at:target)) > .known[data-in] {{ display: none; }}
"""


PRINTED_ARTICLES = """@media print {
tree-walk:not([ready]):has(.outcome:target, .outcome :target) .articles { display: block; }
tree-walk:not([ready]) .outcome .gists { display: none; }
%s
}
"""


def outcome_states(tree: CompiledTree) -> dict[str, tuple[CompiledState, ...]]:
    """Outcome → its states, both in topological order."""
    groups: dict[str, list[CompiledState]] = {}
    for state in tree.states.values():
        if state.node in tree.outcomes:
            groups.setdefault(state.node, []).append(state)
    return {node: tuple(states) for node, states in groups.items()}
