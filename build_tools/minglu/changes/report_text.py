"""A diff → sentences in Chinese or English, and all of them as text for the terminal."""

from collections.abc import Iterator

from minglu.changes.diff import Diff, Group, TreeDiff, WholeTree
from minglu.changes.end_diff import Change
from minglu.changes.library_diff import LibraryChange
from minglu.changes.product_walk import StoryStep
from minglu.changes.text_edits import TextEdit
from minglu.diagnostics.terminal import printable
from minglu.engine.labels import standing_label

COUNT_HEADINGS = {
    "outcome": ("结论不同", "another outcome"),
    "weaker": ("依据变弱", "a weaker standing"),
    "stronger": ("依据变强", "a stronger standing"),
    "deadline-lost": ("少了期限", "lose a deadline"),
    "deadline-gained": ("多了期限", "gain a deadline"),
    "deadline-changed": ("期限改了", "a deadline that counts otherwise"),
    "article": ("条文不同", "other articles"),
    "next": ("下一步不同", "other next steps"),
    "other": ("其他内容不同", "other contents"),
}
"""For each of `DIFF_KINDS` the heading of its number."""

CHANGED_THINGS = {
    "outcome": ("结论", "outcome"),
    "standing": ("依据", "standing"),
    "deadlines": ("期限", "deadline"),
    "article": ("条文", "article"),
    "channels": ("下一步", "next steps"),
    "arrives": ("交到", "hand-over to"),
    "with": ("带去", "with, to"),
    "also": ("同时还有", "also"),
    "now": ("现在做", "step"),
    "remedies": ("要求", "remedy"),
    "grounds": ("理由", "ground"),
    "burden": ("举证", "burden"),
    "amounts": ("金额", "amount"),
    "evidence": ("证据", "evidence"),
    "replies": ("对方会说", "reply"),
    "letters": ("函件", "letter"),
    "mistakes": ("误区", "mistake"),
    "question": ("问题", "question"),
    "option": ("选项", "option"),
    "statute": ("法规", "statute"),
    "order": ("首页", "home page"),
    "papers": ("文书", "paper"),
    "calendar": ("日历", "calendar"),
}
READER_NOTE = (
    "一种读者就是被问到的一组回答；数目是算出来的，不是抽样。",
    "A reader is one combination of answers to what is asked; the numbers are exact.",
)
EXCERPT_MARGIN = 16  # characters shown on either side of what differs in a text


def pick(words: tuple[str, str], lang: str) -> str:
    return words[lang == "en"]


def readers_label(count: int, lang: str) -> str:
    return f"{count} 种读者" if lang == "zh" else plural(count, "reader")


def plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def share_label(count: int, all: int, lang: str) -> str:
    return f"{all} 种里 {count} 种" if lang == "zh" else f"{count} of {all}"


def headline(found: Diff, lang: str) -> str:
    """The whole in one sentence, also where nothing differs."""
    changed, all = (
        sum(tree.changed for tree in found.trees),
        found.unchanged + sum(tree.readers for tree in found.trees),
    )
    zh = [f"{all} 种读者里 {changed} 种得到的不一样" if changed else f"没有读者得到的不一样（一共 {all} 种）"]
    en = [
        f"{changed} of {readers_label(all, 'en')} {'gets' if changed == 1 else 'get'} something else"
        if changed
        else f"no reader of {all} gets anything else"
    ]
    for count, one in (
        (sum(tree.gone for tree in found.trees), ("%d 种读者的回答没有了", "the answers of %s are gone", "reader")),
        (sum(tree.come for tree in found.trees), ("%d 种读者的回答是新的", "the answers of %s are new", "reader")),
        (len(found.added), ("新增 %d 棵树", "%s added", "tree")),
        (len(found.removed), ("去掉 %d 棵树", "%s removed", "tree")),
        (len(found.library), ("共用内容改了 %d 处", "%s in the library", "change")),
        (len(found.texts), ("只改文字 %d 处", "%s of words only", "edit")),
    ):
        if count:
            zh.append(one[0] % count)
            en.append(one[1] % plural(count, one[2]))
    if found.nothing:
        zh.append("文字也没有改" if found.identical else "文字也没有改，只有先后、写法或走例不同")
        en.append(
            "no words were edited"
            if found.identical
            else "no words were edited, only the order, the way it is written, or worked walks"
        )
    line = "；".join(zh) + "。" if lang == "zh" else "; ".join(en) + "."
    return line[0].upper() + line[1:]


def group_title(group: Group, lang: str) -> str:
    count = readers_label(group.readers, lang)
    if not group.new:
        return f"{count}{pick(('的回答没有了', ', whose answer is gone'), lang)}"
    if not group.old:
        return f"{count}{pick(('的回答是新的', ', whose answer is new'), lang)}"
    ends = group.old if group.old == group.new else f"{group.old} → {group.new}"
    return f"{count}{'：' if lang == 'zh' else ': '}{ends}"


def cause_lines(group: Group, lang: str) -> list[str]:
    """What changed; where they end stands in the title already."""
    return [change_sentence(one, lang) for one in group.cause if one.what != "outcome"]


def change_sentence(one: Change, lang: str) -> str:
    """“期限 claim“提出” within：7 days → 5 days”, “多了期限 …”, “没有了期限 …”."""
    what = pick(CHANGED_THINGS[one.what.removesuffix("-named")], lang)
    subject = " ".join(filter(None, (what, one.name, one.part)))
    old, new = (
        (standing_label(one.old), standing_label(one.new))
        if one.what == "standing" and lang == "zh"
        else (one.old, one.new)
    )
    if one.part or (old and new):
        return f"{subject}{'：' if lang == 'zh' else ': '}{old or '–'} → {new or '–'}"
    mark, value = (pick(("多了", "gained: "), lang), new) if new else (pick(("没有了", "lost: "), lang), old)
    if one.name:
        return f"{mark}{subject}" + pick((f"（{value}）", f" ({value})"), lang) * (value != "✓")
    return f"{mark}{subject} {value}"


def story_line(steps: tuple[StoryStep, ...], lang: str) -> str:
    only = {
        "old": pick(("（旧树才问）", " (asked by the old tree only)"), lang),
        "new": pick(("（新树才问）", " (asked by the new tree only)"), lang),
        "": "",
    }
    answers = " → ".join(step.label + only[step.only] for step in steps) or pick(("刚走进来", "just come in"), lang)
    return f"{pick(('最短的例子：', 'shortest story: '), lang)}{answers}"


def library_line(one: LibraryChange, lang: str) -> str:
    what = ("途径", "channel") if one.what == "channels" else CHANGED_THINGS[one.what]
    done = (("新增", "added"), ("去掉", "removed"), ("改了", "changed"))[0 if one.is_new else 1 if one.is_gone else 2]
    count = (
        f"{one.outcomes} 个结论用到"
        if lang == "zh"
        else f"{plural(one.outcomes, 'outcome')} rel{'ies' if one.outcomes == 1 else 'y'} on it"
    )
    return f"{pick(done, lang)}{pick(what, lang) if lang == 'zh' else ' ' + pick(what, lang)} {one.name}" + (
        "" if one.what in ("papers", "order", "calendar") else f"（{count}）" if lang == "zh" else f" ({count})"
    )


def edit_place(edit: TextEdit, lang: str) -> str:
    return " ".join(filter(None, (pick(("、", ", "), lang).join(edit.trees), edit.at)))


def excerpts(old: str, new: str) -> tuple[str, str]:
    """What differs, with a little around it; "" where there was nothing."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = max(0, start - EXCERPT_MARGIN), max(0, end - EXCERPT_MARGIN)

    def excerpt(text: str) -> str:
        cut = text[before : len(text) - after]
        return ("…" if before else "") + cut + ("…" if after else "") if text else ""

    return excerpt(old), excerpt(new)


def report_text(found: Diff, lang: str) -> str:
    """Lines without a trailing newline."""
    return "\n".join(printable(line.replace("\n", "⏎")) for line in report_lines(found, lang))


def report_lines(found: Diff, lang: str) -> Iterator[str]:
    yield headline(found, lang)
    if found.trees or found.added or found.removed:
        yield pick(READER_NOTE, lang)
    yield from (whole_tree_line("+", tree, lang) for tree in found.added)
    yield from (whole_tree_line("-", tree, lang) for tree in found.removed)
    for tree in found.trees:
        yield from tree_lines(tree, lang)
    if found.library:
        yield from ("", pick(("共用内容", "Library"), lang))
    for one in found.library:
        yield f"  {library_line(one, lang)}"
        for change in one.changes:
            yield f"      {change.part}"
            yield from excerpt_lines(change.old, change.new, "        ")
    if found.texts:
        yield from ("", pick((f"只改文字 {len(found.texts)} 处", f"Edits of words only: {len(found.texts)}"), lang))
    for edit in found.texts:
        yield f"  {edit_place(edit, lang)}"
        yield from excerpt_lines(edit.old, edit.new, "    ")


def whole_tree_line(mark: str, tree: WholeTree, lang: str) -> str:
    return f"{mark} {tree.id} {tree.title}{pick(('：', ': '), lang)}{readers_label(tree.readers, lang)}"


def tree_lines(tree: TreeDiff, lang: str) -> Iterator[str]:
    yield ""
    some = share_label(tree.changed, tree.readers, lang)
    change = pick((f"{some}得到的不一样", f"{some} get something else"), lang)
    yield f"{tree.id} {tree.title}{pick(('：', ': '), lang)}{change}"
    for kind, count in tree.counts.items() if tree.changed else ():
        yield f"  {count:>{len(str(tree.readers))}}  {pick(COUNT_HEADINGS[kind], lang)}"
    for one in tree.asked:
        yield f"  · {change_sentence(one, lang)}"
    for number, group in enumerate(tree.groups, 1):
        yield f"  {number}. {group_title(group, lang)}"
        yield from (f"       {line}" for line in cause_lines(group, lang))
        yield f"       {story_line(group.story, lang)}"


def excerpt_lines(old: str, new: str, indent: str) -> Iterator[str]:
    before, after = excerpts(old, new)
    yield from (f"{indent}{mark} {text}" for mark, text in (("-", before), ("+", after)) if text)
