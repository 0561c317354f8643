"""A hand-written page that stands where a generated one would: neither may replace the other without a word."""

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.write.page_kinds import CHOICE, made_from, page_kind

MOVE = Words(
    "，或在 mkdocs.yml 的 minglu 下写 `folder: help`，让生成的网页都放进那里",
    ", or write `folder: help` under minglu in mkdocs.yml, so that all generated pages stand there",
)


def taken_by(path: str, file: str, *, may_move: bool) -> Diagnostic:
    """`file` is hand-written and has the address of the generated `path`, which may be moved where `may_move`."""
    source, kind = made_from(path), page_kind(path)
    made = (
        Words(f"由 {source} 生成的 {path}", f"{path}, which is made from {source}")
        if source
        else Words(f"程序自带的 {path}", f"{path}, which comes with the tools")
    )
    move = MOVE if may_move else Words("", "")
    leave_out = (
        Words(f"，或让 `pages` 里没有 `{kind}`", f", or have no `{kind}` among the `pages`")
        if kind in CHOICE
        else Words("", "")
    )
    return Diagnostic(
        "taken",
        Span(file, 1, 1),
        Words(f"这一页和{made.zh}是同一个网址", f"this page has the same address as {made.en}"),
        Words(f"改它的文件名{move.zh}{leave_out.zh}", f"rename it{move.en}{leave_out.en}"),
        ((Span(source, 1, 1), Words("那一页从这里来", "that page is made from this")),)
        if source.endswith(".yml")
        else (),
    )
