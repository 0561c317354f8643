"""What outcomes, channels, evidence and mistakes say → statements and pointers, with conditions and citations bound."""

from collections.abc import Collection, Iterable

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.engine.citations import Citation
from minglu.parse import syntax
from minglu.resolve.citation_binder import Guarded, bind_cites, bind_mentions
from minglu.resolve.guard_binder import bind_guard
from minglu.resolve.model import ALWAYS, Guard, Mention, Statement, Use
from minglu.resolve.scope import Scope, TreeScope, is_known

StatementFields = tuple[Guard, Span, str, tuple[Citation, ...], str, tuple[Mention, ...]]


def bind_statements(items: Iterable[syntax.Statement], scope: Scope, found: list[Diagnostic]) -> tuple[Statement, ...]:
    return tuple(Statement(*statement_fields(item, item.says, scope, found, item.says)) for item in items)


def statement_fields(
    item: Guarded, says: str | None, scope: Scope, found: list[Diagnostic], *texts: syntax.Text | None
) -> StatementFields:
    """The fields that every kind of statement begins with; `texts` are those that may rely on an article."""
    return (
        bind_when(item.when, scope, found),
        item.at,
        str(says or ""),
        bind_cites(item, scope, found),
        str(item.basis or ""),
        bind_mentions(scope, found, *texts),
    )


def bind_uses(
    items: Iterable[syntax.Use],
    known: Collection[str],
    what: tuple[Words, Words],
    *,
    scope: Scope,
    found: list[Diagnostic],
) -> tuple[Use, ...]:
    """Pointers into `known`; `what` it holds, and what to do about a name that nothing is near."""
    kind, home = what
    return tuple(
        Use(bind_when(item.when, scope, found), item.at, str(item.use))
        for item in items
        if is_known(item.use, known, kind, found, home=home)
    )


def bind_when(when: syntax.Guard | None, scope: Scope, found: list[Diagnostic]) -> Guard:
    if when is None:
        return ALWAYS
    if isinstance(scope, TreeScope):
        return bind_guard(when, scope.askable, scope.facts, found)
    found.append(
        Diagnostic(
            "keys",
            when.at,
            Words("这里不能用 `when`：它为所有的树共用", "there is no `when` here: all trees share this"),
            Words("把条件写在树里用到它的地方", "write the condition where a tree uses this"),
        )
    )
    return ALWAYS
