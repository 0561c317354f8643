"""A diff → Markdown for a comment on a pull request: a table of numbers, and what can be unfolded below it."""

import re
from collections.abc import Iterable, Iterator

from minglu.changes.diff import KINDS, Diff, TreeDiff
from minglu.changes.tell import (
    READER,
    WORDS,
    cause,
    excerpts,
    group_title,
    headline,
    pick,
    place,
    relied,
    sentence,
    story,
)

MARK = "<!-- minglu-diff -->"  # by which the workflow finds its own comment again
LONGEST = 60_000  # characters; a comment may have 65,536
SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&@$]")


def github(told: Diff, lang: str, notes: Iterable[str] = ()) -> str:
    """`notes` come first. What does not fit into a comment is left out from the end, and that is said."""
    done = [MARK, *(f"> {plain(note)}" for note in notes)]
    length = sum(map(len, done))
    blocks = list(told_blocks(told, lang))
    for number, block in enumerate(blocks):
        if length + len(block) > LONGEST:
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


def refused(sides: list[tuple[str, str]], lang: str) -> str:
    """For a side that cannot be compared: its name and what was found, as rendered."""
    blocks = [
        f"**{plain(pick((f'{name} 里的树还不完整，没法比较。', f'The trees of {name} are not whole, so nothing can be compared.'), lang))}**\n\n{fence(found[: LONGEST // len(sides)])}"
        for name, found in sides
    ]
    return "\n\n".join((MARK, *blocks)) + "\n"


def told_blocks(told: Diff, lang: str) -> Iterator[str]:
    yield f"**{plain(headline(told, lang))}**"
    if told.trees or told.added or told.removed:
        yield table(told, lang)
        yield f"<sub>{plain(pick(READER, lang))}</sub>"
    for tree in told.trees:
        if tree.asked:
            yield folded(
                f"{tree.id}{pick(('：问的和去的改了', ': what is asked, and where to'), lang)}",
                [sentence(change, lang) for change in tree.asked],
            )
        for group in tree.groups:
            yield folded(f"{tree.id} · {group_title(group, lang)}", [*cause(group, lang), story(group.story, lang)])
    if told.library:
        yield folded(
            pick((f"共用内容改了 {len(told.library)} 处", f"Library: {len(told.library)}"), lang),
            [
                "; ".join(
                    (relied(one, lang), *(f"{change.part}: {arrow(change.old, change.new)}" for change in one.changes))
                )
                for one in told.library
            ],
        )
    if told.texts:
        yield folded(
            pick((f"只改文字 {len(told.texts)} 处", f"Edits of words only: {len(told.texts)}"), lang),
            [f"{place(edit, lang)}: {arrow(edit.old, edit.new)}" for edit in told.texts],
        )


def table(told: Diff, lang: str) -> str:
    heads = [
        pick(("树", "tree"), lang),
        pick(("读者", "readers"), lang),
        pick(("得到的不一样", "get something else"), lang),
        *(pick(WORDS[kind], lang) for kind in KINDS),
        pick(("回答没有了", "answer gone"), lang),
        pick(("回答是新的", "answer new"), lang),
    ]
    rows = [row(tree) for tree in told.trees]
    rows += [
        [f"{pick(words, lang)} {id} {title}", str(count), *[""] * (len(heads) - 2)]
        for words, trees in ((("新增", "added"), told.added), (("去掉", "removed"), told.removed))
        for id, title, count in trees
    ]
    if told.unchanged:
        rows.append([pick(("其余的树", "all other trees"), lang), str(told.unchanged), *["0"] * (len(heads) - 2)])
    return "\n".join(
        f"| {' | '.join(map(plain, cells))} |" if cells else f"| --- |{' ---: |' * (len(heads) - 1)}"
        for cells in (heads, None, *rows)
    )


def row(tree: TreeDiff) -> list[str]:
    return [
        f"{tree.id} {tree.title}",
        *map(str, (tree.readers, tree.changed, *(tree.counts[kind] for kind in KINDS), tree.gone, tree.come)),
    ]


def folded(title: str, lines: list[str]) -> str:
    return (
        f"<details><summary>{plain(title)}</summary>\n\n"
        + "\n".join(f"* {plain(line)}" for line in lines)
        + "\n\n</details>"
    )


def arrow(old: str, new: str) -> str:
    before, after = excerpts(old, new)
    return f"{before or '–'} → {after or '–'}"


def plain(text: str) -> str:
    """Nothing of the author's is taken for Markdown or HTML, or calls somebody by name."""
    return SPECIAL.sub(
        lambda found: f"&#{ord(found[0])};" + ("\u200b" if found[0] == "@" else ""), text.replace("\n", " ")
    )


def fence(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}\n{text}\n{ticks}"
