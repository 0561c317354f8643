"""trees/papers/*.yml and trees/wants.yml → papers whose marks, boxes, demands, channels and citations exist."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from minglu.diagnostics import Diagnostic, Words
from minglu.engine import citations
from minglu.engine.contract import TickCondition, TickTest
from minglu.engine.paper import (
    CompiledPaper,
    PaperFor,
    PaperPart,
    PaperRule,
    PaperStatement,
    PaperText,
    PaperWant,
)
from minglu.engine.paper_facts import COMPUTED
from minglu.parse import Sources, syntax
from minglu.resolve.askable import Askable
from minglu.resolve.citation_binder import bind_cites, bind_mentions
from minglu.resolve.guard_binder import bind_guard
from minglu.resolve.model import Guard, Mention, Paper, Statement, Tree
from minglu.resolve.paper_marks import PaperMarks, read_marks
from minglu.resolve.scope import Scope, is_known
from minglu.resolve.statement_binder import bind_statements

CHANNEL, TREE, END = Words("途径", "channel"), Words("树", "tree"), Words("结论", "outcome")
WANT = Words("要求", "demand")
QUESTION, SUM = Words("共用的日期问题", "shared date question"), Words("金额", "amount")
BOX, GAP = Words("格子", "box"), Words("空", "gap")
PARTS = ("title", "heading", "line", "sign", "note", "table")
Pointed = tuple[syntax.Text, Collection[str], Words]
"""A name, what it may be, and what that is called."""
KNOWN_KINDS = ("date", "money")
"""The kinds of shared questions whose answers may stand in a paper."""


def bind_papers(sources: Sources, trees: Mapping[str, Tree], scope: Scope, found: list[Diagnostic]) -> dict[str, Paper]:
    """In the order of the channels that take them, then of their names."""
    wants: syntax.Wants = sources.shared.get("wants.yml", {})
    questions: syntax.SharedQuestions = sources.shared.get("questions.yml", {})
    binder = PaperBinder(wants, questions, trees, scope, found)
    papers = {name: binder.bind(name, file) for name, file in sorted(sources.papers.items())}
    if not found:  # else what is lacking may be what is wrong
        found += [one for file in sources.papers.values() for one in offered_to_nobody(file, trees)]
        found += idle_wants(wants, sources.papers.values(), trees)
    ladder = [*scope.library.channels]
    place = {name: ladder.index(one.compiled.office) for name, one in papers.items() if one.compiled.office in ladder}
    return dict(sorted(papers.items(), key=lambda item: (place.get(item[0], 0), item[0])))


class PaperBinder:
    """What all papers are bound to."""

    def __init__(
        self,
        wants: syntax.Wants,
        questions: syntax.SharedQuestions,
        trees: Mapping[str, Tree],
        scope: Scope,
        found: list[Diagnostic],
    ) -> None:
        self.wants, self.trees, self.scope, self.found = wants, trees, scope, found
        self.channels = scope.library.channels
        self.ends = [f"{id}/{outcome}" for id, tree in trees.items() for outcome in tree.outcomes]
        outcomes = (outcome for tree in trees.values() for outcome in tree.outcomes.values())
        self.sums = dict.fromkeys(one.id for outcome in outcomes for one in outcome.amounts)
        self.days = [id for id, one in questions.items() if one.kind == "date"]
        asked = {str(id): tuple(map(str, one.options)) for id, one in questions.items() if not one.kind}
        self.askable = Askable(asked)
        known = (id for id, one in questions.items() if one.kind in KNOWN_KINDS)
        self.facts = (*COMPUTED, *known, *(f"log/{id}" for id in self.channels))

    def bind(self, name: str, file: syntax.Paper) -> Paper:
        found, scope = self.found, self.scope
        pointed: tuple[Pointed, ...] = (
            (file.office, self.channels, CHANNEL),
            *((id, self.channels, CHANNEL) for id in file.for_.channels),
            *((id, self.trees, TREE) for id in file.for_.trees),
            *((id, self.ends, END) for id in file.for_.ends),
            *((id, self.wants, WANT) for id in file.wants),
            *((id, self.sums, SUM) for one in file.wants.values() for id in one.sums),
        )
        for id, known, what in pointed:
            is_known(id, known, what, found)
        marks = read_marks(file, self.facts, found)
        for part in file.parts:
            self.check_part(part, marks)
        for box, rules in file.ticked.items():
            for rule in rules:
                self.check_rule(box, rule, file, marks)
        cites = bind_cites(file, scope, found)
        notes = bind_statements(file.notes, scope, found)
        mentions = bind_mentions(scope, found, file.title, file.short, file.source, *marks.texts)
        office = self.channels.get(file.office)
        compiled = CompiledPaper(
            id=name,
            title=str(file.title),
            short=str(file.short),
            office=str(file.office),
            office_title=office.title if office else "",
            source=str(file.source),
            cite=tuple(citations.label(one, scope.names) for one in cites),
            basis=str(file.basis or ""),
            offered=PaperFor(
                names(file.for_.channels), names(file.for_.trees), names(file.for_.ends), self.condition(file.for_.when)
            ),
            wants=tuple(self.want(id, one) for id, one in file.wants.items() if id in self.wants),
            rules=tuple(self.rule(box, one) for box, some in file.ticked.items() for one in some),
            notes=tuple(self.statement(one) for one in notes),
            parts=tuple(part_of(one) for one in file.parts),
            pieces=tuple(PaperText(str(one.label), str(one.text)) for one in file.pieces),
        )
        cited = tuple(Mention(cite, file.cite[0].at) for cite in cites)
        return Paper(compiled, cites, notes, file.title.at, (*cited, *mentions))

    def want(self, id: syntax.Id, one: syntax.PaperWant) -> PaperWant:
        known = self.wants[id]
        return PaperWant(str(id), str(known.label), names(known.found), str(one.asks), names(one.sums))

    def statement(self, one: Statement) -> PaperStatement:
        return PaperStatement(one.says, tuple(citations.label(cite, self.scope.names) for cite in one.cites), one.basis)

    def rule(self, box: str, one: syntax.PaperRule) -> PaperRule:
        return PaperRule(
            box=str(box),
            when=self.condition(one.when),
            answered=names(one.answered),
            told=names(one.told),
            wants=names(one.wants),
            log=names(one.log),
            who=names(one.who),
            filled=names(one.filled),
            unless=names(one.unless),
        )

    def condition(self, when: syntax.Guard | None) -> TickCondition | None:
        """Over choices among the shared questions: of days nothing is known but the day."""
        return condition_of(bind_guard(when, self.askable, {}, self.found)) if when else None

    def check_part(self, part: syntax.PaperPart, marks: PaperMarks) -> None:
        if sum(getattr(part, kind) is not None for kind in PARTS) != 1:
            self.found.append(
                Diagnostic(
                    "values",
                    part.at,
                    Words(f"{'、'.join(PARTS)} 里要写一个，也只写一个", f"there must be one of {', '.join(PARTS)}"),
                    Words("两样就写成两段", "write two parts for two of them"),
                )
            )
        if part.unless:
            is_known(part.unless, marks.boxes, BOX, self.found)
        if part.table:
            self.found += misshapen(part.table)

    def check_rule(self, box: syntax.Id, rule: syntax.PaperRule, file: syntax.Paper, marks: PaperMarks) -> None:
        pointed: tuple[Pointed, ...] = (
            (box, marks.boxes, BOX),
            *((id, marks.boxes, BOX) for id in rule.unless),
            *((id, self.days, QUESTION) for id in (*rule.answered, *rule.told)),
            *((id, file.wants, WANT) for id in rule.wants),
            *((id, self.channels, CHANNEL) for id in rule.who),
            *((name, marks.gaps, GAP) for name in rule.filled),
        )
        for id, known, what in pointed:
            is_known(id, known, what, self.found)
        if box in file.wants:
            self.found.append(
                paper_problem(
                    box,
                    Words(f"`{box}` 是一项要求，不能自动勾", f"`{box}` is a demand, which is never ticked by itself"),
                    Words("删掉这一条，由读者自己勾", "remove this rule; the reader ticks it"),
                )
            )
        if not (rule.when or rule.answered or rule.told or rule.wants or rule.log or rule.filled):
            self.found.append(
                paper_problem(
                    box,
                    Words(f"格子 `{box}` 没有写什么情况下勾", f"nothing is said of when `{box}` is ticked"),
                    Words(
                        "写 `when`、`answered`、`told`、`wants`、`log` 或 `filled`",
                        "write when, answered, told, wants, log or filled",
                    ),
                )
            )
        if rule.who and not rule.log:
            self.found.append(
                paper_problem(
                    rule.who[0],
                    Words("写了 `who`，却没有写 `log`", "there is a `who` but no `log`"),
                    Words("加上 `log: called` 这样，或删掉它", "add a `log`, or remove it"),
                )
            )


def names(texts: Iterable[syntax.Text]) -> tuple[str, ...]:
    return tuple(map(str, texts))


def paper_problem(text: syntax.Text, says: Words, help: Words) -> Diagnostic:
    return Diagnostic("papers", text.at, says, help, stops=False)


def condition_of(guard: Guard) -> TickCondition:
    return TickCondition(
        tuple(TickTest(test.question, tuple(sorted(test.values))) for test in guard.tests),
        tuple(map(condition_of, guard.nots)),
        tuple(tuple(map(condition_of, alternatives)) for alternatives in guard.anys),
    )


def part_of(part: syntax.PaperPart) -> PaperPart:
    """Of one that is misshapen, something."""
    kind = next((kind for kind in PARTS if getattr(part, kind) is not None), "line")
    table = part.table
    return PaperPart(
        kind=kind,
        text="" if table else str(getattr(part, kind) or ""),
        head=names(table.head) if table else (),
        rows=tuple(names(row) for row in table.rows) if table else (),
        widths=tuple(map(int, table.widths)) if table else (),
        each=str(table.each or "") if table else "",
        again=str(part.again or ""),
        unless=str(part.unless or ""),
    )


def misshapen(table: syntax.PaperTable) -> Iterator[Diagnostic]:
    columns = len(table.widths)
    for row in (table.head, *table.rows):
        if row and len(row) not in ({columns} if row is table.head or table.each else {1, columns}):
            yield paper_problem(
                row[0],
                Words(f"这一行有 {len(row)} 格，`widths` 写了 {columns} 列", f"{len(row)} cells in {columns} columns"),
                Words(f"写 {columns} 格；占满整行的写一格", f"write {columns} cells, or one for the whole row"),
            )
    if table.each and len(table.rows) != 1:
        yield paper_problem(
            table.rows[1][0] if len(table.rows) > 1 else table.each,
            Words("有 `each` 的表只写一行", "a table with `each` has one row"),
            Words("别的行删掉", "remove the other rows"),
        )


def offered_to_nobody(file: syntax.Paper, trees: Mapping[str, Tree]) -> Iterator[Diagnostic]:
    """No outcome that rests on anything leads on to one of its channels."""
    outcomes = (
        outcome
        for id, tree in trees.items()
        if not file.for_.trees or id in file.for_.trees
        for outcome in tree.outcomes.values()
        if outcome.standing != "none" and (not file.for_.ends or f"{id}/{outcome.id}" in file.for_.ends)
    )
    if not any(use.use in file.for_.channels for outcome in outcomes for use in outcome.channels):
        yield paper_problem(
            file.for_.channels[0],
            Words("没有哪个结论会给出这份文书", "no outcome offers this paper"),
            Words("改 `channels` 或 `trees`", "change the `channels` or the `trees`"),
        )


def idle_wants(
    wants: syntax.Wants, papers: Collection[syntax.Paper], trees: Mapping[str, Tree]
) -> Iterator[Diagnostic]:
    """A demand that no paper has, and a word that no remedy and no amount has."""
    outcomes = [outcome for tree in trees.values() for outcome in tree.outcomes.values()]
    said = [one.says for outcome in outcomes for one in outcome.remedies]
    said += [one.label for outcome in outcomes for one in outcome.amounts]
    for id, want in wants.items():
        if not any(id in paper.wants for paper in papers):
            yield paper_problem(
                id,
                Words(f"没有哪份文书用到要求 `{id}`", f"no paper has the demand `{id}`"),
                Words("在某份文书的 `wants` 里用上它，或删掉它", "use it in the `wants` of a paper, or remove it"),
            )
        for word in want.found:
            if not any(word in text for text in said):
                yield paper_problem(
                    word,
                    Words(f"没有哪项要求、哪笔金额里有“{word}”", f"no remedy and no amount has the word `{word}`"),
                    Words("删掉它，或换成要求里的说法", "remove it, or write it as remedies have it"),
                )
