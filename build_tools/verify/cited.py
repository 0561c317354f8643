"""Every outcome cites law that is in force on the tree's `as_of` day.

In each of its states an outcome must show at least one citation, and every citation of the tree, and of the channels,
evidence and mistakes that it points to, must be to an instrument and an article in force on `as_of`.

中文：每个结论都引了有效的条文。不管读者从哪条路来，结论都要给他看到至少一条依据；树里引的，和它用到的途径、证据、误解里引的，在 `as_of` 那天都要有效。

Accepted:
```yaml
outcomes:
  refund:
    title: 可以退壶
    standing: clear
    says: 七日内坏了能退。
    remedies: { do: 退壶, cite: 水壶法第11条, basis: text }
    channels: [shop]
```
Reported:
```yaml
outcomes:
  refund:
    title: 可以退壶
    standing: clear
    says: 七日内坏了能退。
    remedies: { do: 退壶, cite: 旧水壶法第3条, basis: text }
    channels: [shop]
```
"""

from collections.abc import Iterator
from datetime import date

from build_tools.diagnostics import Diagnostic, Words
from build_tools.engine.citations import Citation
from build_tools.resolve.model import Library, Project, Statement, Tree
from build_tools.unfold.model import Unfolded
from build_tools.verify.story import story


def check(one: Unfolded, project: Project, *_) -> Iterator[Diagnostic]:
    bare: set[str] = set()
    for state in one.states.values():
        if state.edges or state.node in bare or state.node not in one.tree.outcomes:
            continue
        groups = one.tree.outcomes[state.node].groups()
        if not any(isinstance(groups[name][index], Statement) and groups[name][index].cites for name, shown in state.items.items() for index in shown):
            bare.add(state.node)
            reader = story(one, state.id)
            yield Diagnostic("cited", one.tree.outcomes[state.node].at, Words(f"结论 `{state.node}` 没有引任何条文", f"the outcome `{state.node}` cites no article"), Words(f"{reader.zh}；给他看到的一项要求或理由加上 `cite`", f"{reader.en}; add a `cite` to a remedy or ground that they see"))
    for statement in statements(one.tree, project.library):
        for citation in statement.cites:
            if finding := stale(citation, project.library, one.tree.as_of):
                yield Diagnostic("cited", statement.at, *finding)


def statements(tree: Tree, library: Library) -> Iterator[Statement]:
    """What the tree says, and what it points to says."""
    for outcome in tree.outcomes.values():
        yield from (item for items in outcome.groups().values() for item in items if isinstance(item, Statement))
        for uses, known in ((outcome.channels, library.channels), (outcome.evidence, library.evidence), (outcome.mistakes, library.mistakes)):
            for use in uses:
                yield from known[use.use].statements() if use.use in known else ()


def stale(citation: Citation, library: Library, as_of: str) -> tuple[Words, Words] | None:
    """What to say of a citation to what is not in force on `as_of`, if it is not."""
    statute = library.statutes[citation.statute]
    article = statute.articles.get(citation.article)
    if date.fromisoformat(as_of) < date.fromisoformat(statute.in_force):
        return Words(f"{statute.short}到 {statute.in_force} 才施行", f"{statute.short} is in force only from {statute.in_force}"), Words("引那时有效的条文，或改 `as_of`", "cite what was in force then, or change `as_of`")
    ended = min(filter(None, (statute.until, article.until if article else "")), default="")
    if ended and as_of >= ended:
        new = library.statutes.get(statute.replaced_by)
        help = Words(f"改引{new.short}", f"cite {new.short} instead") if new else Words("改引现行的条文，或删掉它", "cite what is in force, or remove it")
        return Words(f"{statute.short}第{citation.article}条自 {ended} 起不再适用", f"article {citation.article} of {statute.short} has not applied since {ended}"), help
    return None
