"""The words before an article → the instrument they name: 《消法》, 消法, 民法典合同编, 该法, and what only looks
like them.

The name must end where the article begins. Of the known spellings the longest wins, and it must stand alone: in
劳动争议调解仲裁法第27条 the 仲裁法 is a part of another law's name. What is not certain is a problem,
one Chinese clause.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from .words import engine_words

STATE = "中华人民共和国"
FLAT = str.maketrans("０１２３４５６７８９〇○（）〈〉，；／－–—―～~", "0123456789零零()《》,;/------")
"""Widths and look-alikes that mean the same; keeps every character in its place."""

GAP = r"[^\S\n]*\n?[^\S\n]*"
"""Regular expression source: spaces, and one line break at most."""


@dataclass(frozen=True)
class Gone:
    """An instrument that is not held: since when it does not apply, and the title of what has taken its place."""

    since: str
    now: str


@dataclass(frozen=True)
class Names:
    """What instruments are called: `slugs` maps a spelling to a slug, `titles` and `shorts` map a slug to its names.

    A spelling that two instruments claim names neither. `lengths` are those of the spellings, longest first. `gone`
    maps the spellings of instruments that those held have put out of force.
    """

    slugs: dict[str, str]
    titles: dict[str, str]
    shorts: dict[str, str]
    lengths: tuple[int, ...]
    gone: dict[str, Gone] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Names":
        """From rows of `{"slug", "title", "short", "also": […]}`, with `replaces`, `in_force` and `replaced_by` where
        one put others out of force.
        """
        rows = list(rows)
        owners: dict[str, set[str]] = {}
        for row in rows:
            for name in (row["title"], row["short"], *row.get("also", ())):
                for spelling in spellings(name):
                    owners.setdefault(spelling, set()).add(row["slug"])
        slugs = {spelling: min(claimed) for spelling, claimed in owners.items() if len(claimed) == 1}
        titles, shorts = ({row["slug"]: row[key] for row in rows} for key in ("title", "short"))
        lengths = tuple(sorted({len(spelling) for spelling in slugs}, reverse=True))
        return cls(slugs, titles, shorts, lengths, gone_names(rows, slugs))

    def slug(self, name: str) -> str | None:
        """The instrument called `name`, whatever the widths, the spaces and 中华人民共和国; None if there is none."""
        spelling = squeezed(name)
        return self.slugs.get(spelling) or self.slugs.get(spelling.replace(STATE, ""))

    def gone_end(self, stem: str) -> int | None:
        """Where the longest spelling of an instrument out of force, and not held, begins that ends `stem`."""
        ends = (len(stem) - len(spelling) for spelling in self.gone if stem.endswith(spelling))
        return min(ends, default=None)

    def known_end(self, stem: str) -> int | None:
        """Where the longest known spelling that ends `stem` begins."""
        return next(
            (len(stem) - length for length in self.lengths if length <= len(stem) and stem[-length:] in self.slugs),
            None,
        )


def gone_names(rows: list[Mapping[str, Any]], slugs: Mapping[str, str]) -> dict[str, Gone]:
    """What the rows put out of force, each with the one that applies now."""
    by_slug = {row["slug"]: row for row in rows}
    gone: dict[str, Gone] = {}
    for row in rows:
        now, seen = row, set[str]()
        while now.get("replaced_by") in by_slug and now["slug"] not in seen:
            seen.add(now["slug"])
            now = by_slug[now["replaced_by"]]
        for name in row.get("replaces", ()):
            gone |= {spelling: Gone(row["in_force"], now["title"]) for spelling in spellings(name)}
    return {spelling: one for spelling, one in gone.items() if spelling not in slugs}


@dataclass(frozen=True)
class Named:
    """The instrument named from `start` on, or the `problem` with it; `book` is the part of the civil code, if
    one was named. `carried` where the words name none and the one named before is meant.
    """

    start: int
    slug: str = ""
    problem: str | None = None
    book: str = ""
    carried: bool = False


@dataclass(frozen=True)
class Before:
    """What stands between the last citation and the next article: `text` as written, beginning at `floor`; `flat` the
    same through FLAT.

    `so_far` is the flat text before it, `strangers` the places in it where unknown instruments were named, `gone` what
    is known to be out of force.
    """

    text: str
    flat: str
    floor: int
    so_far: str
    strangers: tuple[int, ...]
    gone: Mapping[str, Gone]

    def problem(self, start: int, end: int, hint: str = "") -> Named:
        written = self.text[start:end]
        name = written if "《" in written else engine_words("citation.quoted", name=written)
        if gone := self.gone.get(squeezed(written).strip("《》")):
            return Named(
                self.floor + start,
                problem=engine_words("citation.gone-name", name=name, since=gone.since, now=gone.now),
            )
        return Named(self.floor + start, problem=engine_words("citation.not-in-library", name=name, hint=hint))


def name_before(before: Before, names: Names, *, bare: bool) -> Named | None:
    """The instrument directly before the article; None if the words name none.

    `bare`: the article has no 第, so only a known name counts.
    """
    whole = re.sub(rf"{GAP}\Z", "", before.flat)
    loose = whole if bare else re.sub(rf"{GAP}(?:(?:里面?|中)的?|的)\Z", "", whole)
    for stem in dict.fromkeys((whole, loose)):
        if named := instrument(stem, before, names) or book_of_the_code(stem, before, names):
            return named
    return None if bare else stranger(whole, before, names)


BOOKS = {
    "总则": range(1, 205),
    "物权": range(205, 463),
    "合同": range(463, 989),
    "人格权": range(989, 1040),
    "婚姻家庭": range(1040, 1119),
    "继承": range(1119, 1164),
    "侵权责任": range(1164, 1259),
}
"""The books of 民法典 and their articles."""

HAN = "[\u4e00-\u9fff]"
BOOK = re.compile(rf"[·之]?{GAP}(?:第[一二三四五六七]编)?{GAP}({'|'.join(BOOKS)})(编?)\Z")
KINDS = r"(?:法典|法|条例|规定|办法|解释)(?:\([一二三四五六七八九十]\))?\Z"
THAT = re.compile(
    rf"(?:该|(?<!{HAN})同|(?<=[依据按照和与及或是即由从的在对以引见用])同)(法典|法|(?:实施)?条例|(?:暂行)?(?:规定|办法)|(?:司法)?解释)\Z"
)
SUPERSEDED = re.compile(r"(?:旧|原|老|修[订正改]前)的?\Z|(?:原来|废止)的\Z")
LEADERS = tuple(
    "按 依 据 照 引 用 见 看 和 与 及 或 是 即 由 从 到 的 了 在 对 把 被 将 以 为 而 且 但 "  # noqa: SIM905 a list of words reads as words
    "则 又 还 也 都 就 凭 靠 查 读 翻 说 称 写 讲 有 如 像 比 跟 给 让 因 于 至 着 过 "
    "新 此 时 后 中 里 上 下 先 再 只 仅 并 应 受 除 归 提 指 找 加 使 拿 无 没 不 非 需 要 请 "
    "根据 依据 按照 依照 参照 遵照 适用 援引 引用 违反 违背 触犯 符合 满足 遵守 遵循 履行 执行 "
    "落实 承担 构成 认定 排除 指定 参考 对照 包括 主张 属于 等于 结合 规定 涉及 所谓 "
    "我国 现行 目前 现在 例如 另外 以及 或者".split()
)
"""Words that a name may follow without a space. Others are taken for a part of the name."""

CUT = re.compile(rf"^{HAN}*(?:{'|'.join(word for word in LEADERS if len(word) > 1)}|[依和与及的是])(?={HAN}{{2}})")
SOME = re.compile(
    "(?:该|本|此|上述|前述)(?:法典|法|条例|(?:暂行)?规定|(?:暂行)?办法|(?:司法)?解释)$"
    "|^(?:这|那|有关|相关|其他|新|旧|原)(?:个|部|项|些)?(?:法典|法|条例|(?:暂行)?规定|(?:暂行)?办法|(?:司法)?解释)$"
)
COMMON = frozenset(
    "方法 办法 做法 说法 看法 想法 用法 写法 算法 语法 司法 执法 违法 合法 非法 依法 守法 "  # noqa: SIM905 a list of words reads as words
    "立法 手法 书法 玩法 打法 普法 讲法 查法 新法 旧法 老法 律法 部法 项法 种法 疗法".split()
)
RULES = re.compile("(?:暂行|管理|监督|处理|处罚|实施|交纳|责任|若干|问题的?)(?:办法|规定|解释)$")


def instrument(stem: str, before: Before, names: Names) -> Named | None:
    """The instrument whose name ends where `stem` ends; a problem where there is a name of which it is not certain
    whose.
    """
    if stem.endswith("》"):
        return in_brackets(stem, before, names)
    if that := THAT.search(stem):
        slug = named_last(before.so_far + stem[: that.start()], that[1], before.strangers, names)
        return Named(
            before.floor + that.start(), slug or "", None if slug else engine_words("citation.which-law", name=that[0])
        )
    known = names.known_end(stem)
    if known is not None and stands_alone(stem[:known]):
        return Named(before.floor + known, names.slugs[stem[known:]])
    gone = names.gone_end(stem)
    if gone is not None and stands_alone(stem[:gone]):
        return before.problem(gone, len(stem))
    mixed = re.search(rf"《([^《》]+)》((?:{HAN}|[()])+)\Z", stem)  # 《消费者权益保护法》实施条例
    if mixed and not mixed[2].startswith(LEADERS):
        if slug := names.slug(mixed[1] + mixed[2]):
            return Named(before.floor + mixed.start(), slug)
        if re.search(KINDS, mixed[2]) and mixed[2] != "规定":
            return before.problem(mixed.start(), len(stem))
    if known is not None:
        return not_quite(stem, known, before, names)
    return versioned(stem, before, names)


def in_brackets(stem: str, before: Before, names: Names) -> Named | None:
    depth, start = 0, len(stem)
    while start and (depth or start == len(stem)):
        start -= 1
        depth += {"》": 1, "《": -1}.get(stem[start], 0)
    if depth:
        return None
    if old := SUPERSEDED.search(stem[:start]):
        return before.problem(old.start(), len(stem))
    name = stem[start + 1 : -1]
    if slug := names.slug(name):
        return Named(before.floor + start, slug)
    if book := BOOK.search(name):
        slug = names.slug(name[: book.start()])
        if slug and is_code(slug, names):
            return Named(before.floor + start, slug, book=book[1])
    return before.problem(start, len(stem))


PRIVATE = re.compile(
    r"(?:合同|协议|条款|章程|规则|须知|说明书?|保单|清单|附件|附录|判决书?|公约|公告|声明|政策|标准|方案|保修卡|下列|以下)[”」]?\Z"
)
"""What has articles or numbers of its own and is no law."""


def carried_on(between: str) -> bool:
    """Whether an article that no name stands before goes on with the instrument cited before it; `between` is what
    stands between the two: 《消法》第10条…和第24条. Not on another line, where 第一条 is a number of one's own.
    """
    stem = re.sub(rf"{GAP}(?:(?:里面?|中)的?|的)?{GAP}\Z", "", between)
    return not re.search(r"[\n《]", between) and stands_alone(stem) and not PRIVATE.search(stem)


def book_of_the_code(stem: str, before: Before, names: Names) -> Named | None:
    """民法典合同编, and 合同编 alone: only the civil code has these books."""
    book = BOOK.search(stem)
    if not book:
        return None
    named = instrument(re.sub(rf"{GAP}\Z", "", stem[: book.start()]), before, names)
    if named and not named.problem and is_code(named.slug, names):
        return replace(named, book=book[1])
    start, slug = book.start(1), names.slug("民法典")
    return Named(before.floor + start, slug, book=book[1]) if slug and book[2] and stands_alone(stem[:start]) else None


def not_quite(stem: str, known: int, before: Before, names: Names) -> Named:
    """A known spelling that does not stand alone: 旧消法, 劳动争议调解仲裁法."""
    if old := SUPERSEDED.search(stem[:known]):
        return before.problem(old.start(), len(stem))
    stem_han = known - len(re.sub(rf"{HAN}*\Z", "", stem[:known]))
    whole = stem[known - stem_han :]
    start = min(known, len(stem) - len(CUT.sub("", whole)))
    return before.problem(
        start, len(stem), engine_words("citation.hint-brackets", name=names.shorts[names.slugs[stem[known:]]])
    )


def versioned(stem: str, before: Before, names: Names) -> Named | None:
    """A known name with something in brackets: an own abbreviation, or a version or part that has its own name."""
    version = re.search(r"\(([^()]*)\)\Z", stem)
    if not version:
        return None
    named = instrument(re.sub(rf"{GAP}\Z", "", stem[: version.start()]), before, names)
    if named and re.match("以下|下称|简称|下文", version[1]):
        return named
    if named and re.search(r"\d{4}|修[订正改]|^[一二三四五六七八九十]+$", version[1]):
        return before.problem(named.start - before.floor, len(stem))
    return None


def stands_alone(before: str) -> bool:
    """Whether a name may begin after `before`: after 依据 仲裁法 may, after 劳动争议调解 it may not."""
    if SUPERSEDED.search(before):
        return False
    return not before or before.endswith(LEADERS) or not re.match(f"{HAN}|》", before[-1])


def stranger(stem: str, before: Before, names: Names) -> Named | None:
    """A problem where the words that end `stem` can only be the name of an instrument that is not in the library."""
    match = re.search(rf"{HAN}+(?:\([一二三四五六七八九十]\))?\Z", stem)
    name = CUT.sub("", match[0]) if match else ""
    base = name.partition("(")[0]
    certain = (
        (base.endswith("条例") and len(base) > 3)
        or (base.endswith(("法", "法典")) and len(base) > 2 and base[-2:] not in COMMON)
        or base in ("刑法", "宪法", "民法")
        or RULES.search(base)
        or (base.endswith("解释") and any(base[:length] in names.slugs for length in names.lengths))
        or (len(base) > 3 and re.search(KINDS, base) and any(base in spelling for spelling in names.slugs))
    )
    return before.problem(len(stem) - len(name), len(stem)) if certain and not SOME.search(base) else None


def named_last(flat: str, noun: str, strangers: tuple[int, ...], names: Names) -> str | None:
    """What 该法 or 同条例 means: of the instruments named in `flat`, the last whose title ends like that.

    None where a stranger came later. 该法 may also mean a 条例 or 规定 named last, as people say it, but not an
    interpretation, which is about a law of its own.
    """
    mentions: dict[int, str | None] = {}
    brackets = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
    for match in brackets.finditer(flat):
        slug = names.slug(match[1])
        if slug or re.search(KINDS, match[1]):
            mentions[match.start()] = slug
    masked = brackets.sub(lambda match: "》" * len(match[0]), flat)
    at = 0
    while at < len(masked):
        length = next((length for length in names.lengths if masked[at : at + length] in names.slugs), 0)
        if length:
            mentions[at] = names.slugs[masked[at : at + length]] if stands_alone(masked[:at]) else None
        at += length or 1
    for start in strangers:
        mentions.setdefault(start, None)
    latest = [mentions[at] for at in sorted(mentions, reverse=True)]
    kinds = [(slug, kind_of_title(names.titles[slug])) for slug in takewhile(bool, latest) if slug]
    wanted = ("法", "法典") if noun == "法" else (re.sub("^(?:实施|暂行|司法)", "", noun),)
    fitting = [slug for slug, kind in kinds if kind in wanted]
    if not fitting and noun == "法":
        fitting = [slug for slug, kind in kinds[:1] if kind != "解释"]
    return fitting[0] if fitting else None


def kind_of_title(title: str) -> str:
    """The word that a title ends with, what stands in brackets aside; "" for another."""
    match = re.search(r"(办法|法典|法|条例|规定|解释)(?:\(.*)?\Z", title.translate(FLAT))
    return match[1] if match else ""


def is_code(slug: str, names: Names) -> bool:
    return names.titles[slug].endswith("民法典")


def spellings(name: str) -> set[str]:
    """`name` with and without 中华人民共和国, and with and without the brackets inside."""
    plain = squeezed(name)
    forms = {plain, plain.replace(STATE, "")}
    forms |= {re.sub("[《》]", "", form) for form in forms}
    return forms | {STATE + form for form in forms if not form.startswith(STATE)}


def squeezed(name: str) -> str:
    return re.sub(r"\s", "", name.translate(FLAT))
