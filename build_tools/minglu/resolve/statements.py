"""What outcomes, channels, evidence and mistakes say → statements with their citations read."""

from dataclasses import dataclass, field

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine import citations
from minglu.engine.citations import Citation, Found, Names
from minglu.parse import syntax
from minglu.resolve import model
from minglu.resolve.guards import Facts, bind_guard
from minglu.resolve.model import ALWAYS, Guard, Library, Question


@dataclass
class Binder:
    """What names can stand for, and where findings go. `questions` and `facts` are the tree's that is being bound; `readings` of citations, as
    the same is cited again and again."""

    library: Library
    names: Names
    trees: set[str]
    found: list[Diagnostic]
    questions: dict[str, Question] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    readings: dict[str, list[Citation]] = field(default_factory=dict)

    def guard(self, when: syntax.Guard | None) -> Guard:
        if when is None:
            return ALWAYS
        if not self.questions:
            self.report(
                "keys",
                when.at,
                "这里不能用 `when`：它为所有的树共用",
                "there is no `when` here: all trees share this",
                "把条件写在树里用到它的地方",
                "write the condition where a tree uses this",
            )
            return ALWAYS
        return bind_guard(when, self.questions, self.facts, self.found)

    def cites(self, item) -> tuple[Citation, ...]:
        """Read the citations of an item; every article must stand in the library, and a cite needs a basis."""
        if item.cite and not item.basis:
            self.report(
                "basis",
                item.cite[0].at,
                "引了条文，却没有写 `basis`",
                "an article is cited without a `basis`",
                "写 `basis: text`（条文写明）、`inferred`（由条文推出）或 `secondary`（二手资料）",
                "write `basis: text`, `inferred` or `secondary`",
            )
        if item.basis and not item.cite:
            self.report(
                "basis",
                item.basis.at,
                "写了 `basis`，却没有引条文",
                "there is a `basis` but no article is cited",
                "加上 `cite: 《…》第…条`，或删掉 `basis`（不是法律的说法）",
                "add `cite: …`, or remove `basis` where no law is stated",
            )
        return self.read(item.cite)

    def read(self, texts: tuple[syntax.Text, ...]) -> tuple[Citation, ...]:
        """What texts that hold nothing else cite, each once."""
        return tuple(dict.fromkeys(citation for text in texts for citation in self.articles(text)))

    def articles(self, text: syntax.Text) -> list[Citation]:
        """What a text that holds nothing else cites; each article must stand in the library."""
        try:
            if text not in self.readings:
                self.readings[text] = citations.read(text, self.names)
        except ValueError as error:
            if text[0] in "“‘「":
                self.report(
                    "citations",
                    text.at,
                    f"引条文不加引号：{text}",
                    f"a citation stands without quotes: {text}",
                    f"写 `{text.strip('“”‘’「」')}`",
                    f"write `{text.strip('“”‘’「」')}`",
                )
            else:
                self.report(
                    "citations",
                    text.at,
                    str(error),
                    f"cannot read the citation `{text}`",
                    "写成 `消法第24条第1款` 这样，名称用 trees/law 里有的",
                    "write it like `消法第24条第1款`, with a name that trees/law holds",
                )
            return []
        for citation in self.readings[text]:
            self.article(citation, text.at)
        return self.readings[text]

    def running(self, *texts: syntax.Text | None) -> tuple[model.Mention, ...]:
        """Citations inside texts: each must be read and stand in the library."""
        return tuple(
            model.Mention(citation, at)
            for text in texts
            if text
            for found in citations.find(text, self.names)
            for at in [inside(text, found)]
            for citation in self.held(found, at)
        )

    def held(self, found: Found, at: Span) -> tuple[Citation, ...]:
        if found.problem:
            self.report(
                "citations",
                at,
                found.problem,
                f"cannot read the citation `{found.text}`",
                "名称用 trees/law 里有的",
                "use a name that trees/law holds",
            )
        for citation in found.citations:
            self.article(citation, at)
        return found.citations

    def article(self, citation: Citation, at: Span) -> None:
        statute = self.library.statutes[citation.statute]
        if citation.article not in statute.articles:
            near = nearest(citation.article, statute.articles)
            self.report(
                "citations",
                at,
                f"法规库里的{statute.short}没有第{citation.article}条",
                f"the library does not hold article {citation.article} of {statute.short}",
                f"在 trees/law/{statute.slug}.yml 里加上这一条" + (f"，或写第{near}条" if near else ""),
                f"add it to trees/law/{statute.slug}.yml",
            )

    def statements(self, items) -> tuple[model.Statement, ...]:
        return tuple(
            model.Statement(
                self.guard(item.when),
                item.at,
                str(item.says),
                self.cites(item),
                str(item.basis or ""),
                self.running(item.says),
            )
            for item in items
        )

    def uses(self, items, known, what: Words, home: Words) -> tuple[model.Use, ...]:
        """Pointers into `known`."""
        return tuple(
            model.Use(self.guard(item.when), item.at, str(item.use))
            for item in items
            if self.named(item.use, known, what, home=home)
        )

    def pointed(self, name: syntax.Text, known: dict[str, Span], what: Words) -> bool:
        """A node of this tree, or `tree/<id>` for another."""
        if name.startswith("tree/"):
            return self.named(name, {f"tree/{id}": None for id in self.trees}, Words("树", "tree"))
        return self.named(name, known, what, known)

    def named(
        self,
        name: syntax.Text,
        known,
        what: Words,
        places: dict[str, Span] | None = None,
        home: Words = Words("先把它加上", "add it first"),
    ) -> bool:
        """Whether `known` holds the name; `home` is what to do where nothing is near and there are too many to tell."""
        if name in known:
            return True
        near = nearest(name, known)
        help = (
            Words(f"可以写：{'、'.join(sorted(known))}", f"it may be: {', '.join(sorted(known))}")
            if 0 < len(known) <= 8
            else home
        )
        if near:
            where = f"（在第 {places[near].line} 行）" if places and near in places else ""
            where_en = f" (declared at line {places[near].line})" if places and near in places else ""
            help = Words(f"写 `{near}`{where}", f"write `{near}`{where_en}")
        self.found.append(
            Diagnostic(
                "names", name.at, Words(f"没有叫 `{name}` 的{what.zh}", f"no {what.en} is called `{name}`"), help
            )
        )
        return False

    def report(self, rule: str, at: Span, zh: str, en: str, help_zh: str = "", help_en: str = "") -> None:
        self.found.append(Diagnostic(rule, at, Words(zh, en), Words(help_zh, help_en) if help_zh else None))


def inside(text: syntax.Text, found: Found) -> Span:
    """Where in its file a citation stands: exact in a text that is written plainly on one line, else the whole text."""
    at = text.at
    return Span(at.file, at.line, at.column + found.start, len(found.text)) if at.length == len(text) else at
