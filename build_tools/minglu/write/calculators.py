"""The rules that can be reckoned with → the list of them that a page of hand-written text takes in, one entry a rule.

Everything can be read here without a script; `<law-calculators>` (web/calculators.js) puts a form into each entry.
"""

from collections.abc import Sequence

from minglu.write.calculator_rules import Rule, collected_rules
from minglu.write.html import NOTHING, UNSEARCHED, Html, element, joined, page_html
from minglu.write.links import Pen
from minglu.write.markdown_source import html_block
from minglu.write.statement_html import basis_tag, cite_links
from minglu.write.words import page_words

FEW = 3
"""Places that are named at a rule; the others are like them."""


def calculators_list(pen: Pen) -> Html:
    """Groups that unfold: what several trees state first, then what each states alone, last the clocks of channels."""
    rules = collected_rules(pen.site)
    groups = [(title, some) for title, some in grouped_rules(rules, pen) if some]
    folds = joined(group_html(f"rules-{at}", title, some, pen) for at, (title, some) in enumerate(groups, 1))
    # Not on each fold: a tag within one of its kind ends for Material's search what it was to pass over.
    return html_block(element("section", folds, **UNSEARCHED))


def grouped_rules(rules: Sequence[Rule], pen: Pen) -> list[tuple[str, list[Rule]]]:
    trees = pen.site.compiled.trees
    several = [rule for rule in rules if len(rule.trees) > 1]
    own = [(trees[id].title, [rule for rule in rules if rule.trees == (id,)]) for id in trees]
    clocks = [rule for rule in rules if rule.trees == ("",)]
    return [
        (page_words("calculators.several"), several),
        *own,
        (page_words("calculators.clocks"), clocks),
    ]


def group_html(anchor: str, title: str, rules: Sequence[Rule], pen: Pen) -> Html:
    count = element("span", page_words("page.count", count=len(rules)), cls="count")
    summary = element("summary", element("h3", pen.bare(title) + count, id=anchor))
    return element("details", summary + html_list_of_rules(rules, pen), cls="entry")


def html_list_of_rules(rules: Sequence[Rule], pen: Pen) -> Html:
    return element("ul", joined(element("li", rule_html(rule, pen), id=rule.id) for rule in rules), cls="list rules")


def rule_html(rule: Rule, pen: Pen) -> Html:
    length = element("span", rule.short, cls="tag") if rule.short else NOTHING
    parts = [element("summary", pen.bare(rule.label) + length), element("p", pen.bare(rule.words), cls="rule")]
    if rule.cites:
        parts.append(element("p", cite_links(rule.cites, pen) + basis_tag(rule.basis), cls="by"))
    if rule.says:
        parts.append(element("p", pen.line(rule.says)))
    links = [pen.place_link(one) for one in rule.places[:FEW]]
    more = page_words("calculators.and-more", count=len(rule.places)) if len(rule.places) > FEW else NOTHING
    used = page_html("page.uses") + joined(links, page_words("page.listed")) + more
    return element("details", joined([*parts, element("p", used, cls="uses")]))
