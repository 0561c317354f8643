"""A diff → Markdown for a comment on a pull request: a table of numbers, and what can be unfolded below it."""

import re
from collections.abc import Iterable, Iterator

from minglu.changes.diff import DIFF_KINDS, Diff, TreeDiff
from minglu.changes.report_text import (
    COUNT_HEADINGS,
    READER_NOTE,
    cause_lines,
    change_sentence,
    edit_place,
    excerpts,
    group_title,
    headline,
    library_line,
    pick,
    story_line,
)

COMMENT_MARK = "<!-- minglu-diff -->"  # by which the workflow finds its own comment again
LONGEST_COMMENT = 60_000  # characters; a comment may have 65,536
MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&@$]")


def report_github(found: Diff, lang: str, notes: Iterable[str] = ()) -> str:
    """`notes` come first. What does not fit into a comment is left out from the end, with a note that it is."""
    done = [COMMENT_MARK, *(f"> {markdown_text(note)}" for note in notes)]
    length = sum(map(len, done))
    blocks = list(comment_blocks(found, lang))
    for number, block in enumerate(blocks):
        if length + len(block) > LONGEST_COMMENT:
            rest = len(blocks) - number
            done.append(
                pick(
                    (
                        f"放不下了，还有 {rest} 段；在本地运行 `python -m minglu diff` 看全部。",
                        f"{rest} more parts do not fit here; run `python -m minglu diff` to see them all.",
                    ),
                    lang,
                )
            )
            break
        done.append(block)
        length += len(block) + 2
    return "\n\n".join(done) + "\n"


def refusal_comment(sides: list[tuple[str, str]], lang: str) -> str:
    """For sides that cannot be compared: the name of each and what was found, as rendered."""
    blocks = [
        f"**{markdown_text(not_whole(name, lang))}**\n\n{fenced(found[: LONGEST_COMMENT // len(sides)])}"
        for name, found in sides
    ]
    return "\n\n".join((COMMENT_MARK, *blocks)) + "\n"


def not_whole(name: str, lang: str) -> str:
    zh, en = f"{name} 里的树还不完整，没法比较。", f"The trees of {name} are not whole, so nothing can be compared."
    return pick((zh, en), lang)


def comment_blocks(found: Diff, lang: str) -> Iterator[str]:
    yield f"**{markdown_text(headline(found, lang))}**"
    if found.trees or found.added or found.removed:
        yield counts_table(found, lang)
        yield f"<sub>{markdown_text(pick(READER_NOTE, lang))}</sub>"
    for tree in found.trees:
        if tree.asked:
            yield details_block(
                f"{tree.id}{pick(('：问的和去的改了', ': what is asked, and where to'), lang)}",
                [change_sentence(change, lang) for change in tree.asked],
            )
        for group in tree.groups:
            yield details_block(
                f"{tree.id} · {group_title(group, lang)}", [*cause_lines(group, lang), story_line(group.story, lang)]
            )
    if found.library:
        yield details_block(
            pick((f"共用内容改了 {len(found.library)} 处", f"Library: {len(found.library)}"), lang),
            [
                "; ".join(
                    (
                        library_line(one, lang),
                        *(f"{change.part}: {old_to_new(change.old, change.new)}" for change in one.changes),
                    )
                )
                for one in found.library
            ],
        )
    if found.texts:
        yield details_block(
            pick((f"只改文字 {len(found.texts)} 处", f"Edits of words only: {len(found.texts)}"), lang),
            [f"{edit_place(edit, lang)}: {old_to_new(edit.old, edit.new)}" for edit in found.texts],
        )


def counts_table(found: Diff, lang: str) -> str:
    heads = [
        pick(("树", "tree"), lang),
        pick(("读者", "readers"), lang),
        pick(("得到的不一样", "get something else"), lang),
        *(pick(COUNT_HEADINGS[kind], lang) for kind in DIFF_KINDS),
        pick(("回答没有了", "answer gone"), lang),
        pick(("回答是新的", "answer new"), lang),
    ]
    rows = [counts_row(tree) for tree in found.trees]
    rows += [
        [f"{pick(words, lang)} {tree.id} {tree.title}", str(tree.readers), *[""] * (len(heads) - 2)]
        for words, trees in ((("新增", "added"), found.added), (("去掉", "removed"), found.removed))
        for tree in trees
    ]
    if found.unchanged:
        rows.append([pick(("其余的树", "all other trees"), lang), str(found.unchanged), *["0"] * (len(heads) - 2)])
    return "\n".join(
        f"| {' | '.join(map(markdown_text, cells))} |" if cells else f"| --- |{' ---: |' * (len(heads) - 1)}"
        for cells in (heads, None, *rows)
    )


def counts_row(tree: TreeDiff) -> list[str]:
    return [
        f"{tree.id} {tree.title}",
        *map(str, (tree.readers, tree.changed, *(tree.counts[kind] for kind in DIFF_KINDS), tree.gone, tree.come)),
    ]


def details_block(title: str, lines: list[str]) -> str:
    return (
        f"<details><summary>{markdown_text(title)}</summary>\n\n"
        + "\n".join(f"* {markdown_text(line)}" for line in lines)
        + "\n\n</details>"
    )


def old_to_new(old: str, new: str) -> str:
    before, after = excerpts(old, new)
    return f"{before or '–'} → {after or '–'}"


def markdown_text(text: str) -> str:
    """Nothing of the author's is taken for Markdown or HTML, or calls somebody by name."""
    return MARKDOWN_SPECIAL.sub(
        lambda found: f"&#{ord(found[0])};" + ("\u200b" if found[0] == "@" else ""), text.replace("\n", " ")
    )


def fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}\n{text}\n{ticks}"
