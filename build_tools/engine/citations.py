"""Text as people write it → the articles of law it cites: in YAML, in Markdown and in the browser alike.

A citation is an instrument's name directly before an article: 《消费者权益保护法》第二十四条第一款, 消法第24条, 手机三包第11、12条.
What names an instrument but cannot be told with certainty is a problem, never silence and never a guess; 第24条 with no name before it is nobody's.
A problem is one Chinese clause, for readers and editors.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.engine import numerals


@dataclass(frozen=True)
class Citation:
    """`statute` is a slug; `article` is `24` or `24之一`; paragraph (款) and item (项) count from 1, None where not told."""

    statute: str
    article: str
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Found:
    """`text` is what stands from `start` to before `end`, in characters. A range (第14至17条) is one Found with several citations.

    Of a list, each member is a Found of its own and the first carries the name. Where there is a `problem`, there are no citations.
    """

    start: int
    end: int
    text: str
    citations: tuple[Citation, ...] = ()
    problem: str | None = None

    @property
    def citation(self) -> Citation | None:
        """The first of `citations`."""
        return self.citations[0] if self.citations else None


@dataclass(frozen=True)
class Names:
    """What instruments are called: `slugs` maps a spelling to a slug, `titles` and `shorts` map a slug to its names.

    A spelling that two instruments claim names neither. `lengths` are those of the spellings, longest first.
    """

    slugs: dict[str, str]
    titles: dict[str, str]
    shorts: dict[str, str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, rows: Iterable[Mapping]) -> "Names":
        """From rows of `{"slug", "title", "short", "also": […]}`."""
        rows = list(rows)
        owners: dict[str, set[str]] = {}
        for row in rows:
            for name in (row["title"], row["short"], *row.get("also", ())):
                for spelling in spellings(name):
                    owners.setdefault(spelling, set()).add(row["slug"])
        slugs = {spelling: min(claimed) for spelling, claimed in owners.items() if len(claimed) == 1}
        titles, shorts = ({row["slug"]: row[key] for row in rows} for key in ("title", "short"))
        return cls(slugs, titles, shorts, tuple(sorted({len(spelling) for spelling in slugs}, reverse=True)))

    def slug(self, name: str) -> str | None:
        """The instrument called `name`, whatever the widths, the spaces and 中华人民共和国; None if there is none."""
        spelling = re.sub(r"\s", "", name.translate(FLAT))
        return self.slugs.get(spelling) or self.slugs.get(spelling.replace(STATE, ""))


def find(text: str, names: Names) -> list[Found]:
    """All citations in running text, in order of place. 同法第N条 and 该办法第N条 mean the instrument named last."""
    return list(scan(text, names, running=True))


def read(text: str, names: Names) -> list[Citation]:
    """The citations of a text that holds nothing else. Raises ValueError with one clause about the first thing that cannot be told."""
    citations: list[Citation] = []
    done = 0
    for found in scan(text, names, running=False):
        between = text[done : found.start]
        if not re.fullmatch(SEPARATORS if done else r"\s*", between):
            raise ValueError(unread(between if between.strip() else found.text))
        if found.problem:
            raise ValueError(found.problem)
        citations += found.citations
        done = found.end
    if text[done:].strip() or not citations:
        raise ValueError(unread(text[done:]))
    return citations


def label(citation: Citation, names: Names) -> str:
    """`消费者权益保护法 第24条第1款`. Raises KeyError for a slug that `names` does not hold."""
    number, mark, inserted = citation.article.partition("之")
    written = f"{names.shorts[citation.statute]} 第{number}条{mark}{inserted}"
    written += f"第{citation.paragraph}款" if citation.paragraph is not None else ""
    return written + (f"第{citation.item}项" if citation.item is not None else "")


STATE = "中华人民共和国"
FLAT = str.maketrans("０１２３４５６７８９〇○（）〈〉，；／－–—―～~", "0123456789零零()《》,;/------")
HAN = "[\u4e00-\u9fff]"
GAP = r"[^\S\n]*\n?[^\S\n]*"
INSERTED = "[一二三四五六七八九十]|10|[1-9]"
NUMBER = re.compile(
    rf"(?P<di>第{GAP})?(?P<open>\({GAP})?(?P<number>{numerals.PATTERN})(?P<close>{GAP}\))?(?:之(?P<before>{INSERTED}))?"
    rf"(?:{GAP}(?P<unit>条(?!件|例)|款(?![项式])|项(?!目))(?:(?<=条)之(?P<after>{INSERTED})(?![般一二三四五六七八九十\d]))?)?"
)
JOINT = re.compile(rf"{GAP}(?:(?P<range>至|到|-+)|(?P<mark>[、/,;])|(?P<word>以及|或者|和|及|与|或))?{GAP}")
SEPARATORS = r"(?:[、，,；;/／和及与或\s]|以及|或者)*"
START = re.compile(rf"第{GAP}(?:{numerals.PATTERN})|[0-9]+|[零一二三四五六七八九十百千]{{2,}}")
FIELDS = {"条": "article", "款": "paragraph", "项": "item"}
DEPTH = {"条": 0, "款": 1, "项": 2}
BOOKS = {
    "总则": range(1, 205), "物权": range(205, 463), "合同": range(463, 989), "人格权": range(989, 1040),
    "婚姻家庭": range(1040, 1119), "继承": range(1119, 1164), "侵权责任": range(1164, 1259),
}  # fmt: skip
BOOK = re.compile(rf"[·之]?{GAP}(?:第[一二三四五六七]编)?{GAP}({'|'.join(BOOKS)})编?{GAP}$")
THAT = re.compile(rf"(?:该|(?<!{HAN})同|(?<=[依据按照和与及或是即由从的在对以引见用])同)(法典|法|条例|规定|办法|解释)$")
SUPERSEDED = re.compile(r"(?:旧|原|老|修[订正改]前)的?$|(?:原来|废止)的$")
LEADERS = tuple(
    "按 依 据 照 引 用 见 看 和 与 及 或 是 即 由 从 到 的 了 在 对 把 被 将 以 为 而 且 但 则 又 还 也 都 就 凭 靠 查 读 翻 说 称 写 讲 有 如 像 比 跟 给 让 "
    "因 于 至 着 过 新 此 时 后 中 里 上 下 先 再 只 仅 并 同 合于 适用 违反 符合 参考 包括 主张 属于 等于 我国 国家 现行 目前 现在 例如 另外 结合 规定 涉及 所谓".split()
)
CUT = re.compile(rf"^{HAN}*(?:根据|依据|按照|依照|参照|适用|违反|援引|引用|以及|或者|[依和与及的是])(?={HAN}{{2}})")
SOME = re.compile("(?:该|本|此|这|那|上述|前述|有关|相关|其他|新|旧|原)(?:个|部|项|些)?(?:法|法典|条例|(?:暂行)?规定|(?:暂行)?办法|解释)$")
COMMON = set(
    "方法 办法 做法 说法 看法 想法 用法 写法 算法 语法 司法 执法 违法 合法 非法 依法 守法 立法 手法 书法 玩法 打法 普法 讲法 查法 新法 旧法 老法 律法 部法 项法 种法 疗法".split()
)
RULES = re.compile("(?:暂行|管理|监督|处理|处罚|实施|交纳|责任|若干|问题的?)(?:办法|规定|解释)$")


@dataclass(frozen=True)
class Number:
    """One number as written. `joined` to the one before: "" goes deeper, "-" makes a range, "+" begins the list's next member.

    `shared`: its unit stands only at a later number (the 11 of 第11、12条).
    """

    start: int
    end: int
    digits: str
    inserted: str
    unit: str
    bare: bool
    bracketed: bool
    joined: str = "+"
    shared: bool = False


@dataclass(frozen=True)
class Named:
    """The instrument named before an article; `book` is the part of the civil code that was told with it."""

    start: int
    slug: str = ""
    problem: str | None = None
    book: str = ""


def spellings(name: str) -> set[str]:
    """`name` with and without 中华人民共和国 and brackets inside, flattened."""
    plain = re.sub(r"\s", "", name.translate(FLAT))
    forms = {plain, plain.replace(STATE, "")}
    forms |= {re.sub("[《》]", "", form) for form in forms}
    return forms | {STATE + form for form in forms if not form.startswith(STATE)}


def scan(text: str, names: Names, *, running: bool) -> Iterator[Found]:
    flat = text.translate(FLAT)
    earlier: list[Found] = []
    at = floor = 0
    while start := START.search(flat, at):
        numbers = numbers_at(flat, start.start(), running)
        named = name_before(text, flat, floor, start.start(), numbers[0].bare, names, earlier) if numbers else None
        if named is None:
            at = numbers[-1].end if numbers and not numbers[0].bare else start.end()
            continue
        at = floor = numbers[-1].end
        if named.problem:
            new = [Found(named.start, at, text[named.start : at], problem=named.problem)]
        else:
            new = list(members(text, numbers, named))
        earlier += new
        yield from new


# Numbers: 第11至13条, 第11、12条, 第8条第一款第（四）项, 第48条一款(四)


def numbers_at(flat: str, at: int, running: bool) -> list[Number]:
    """The numbers of one citation or list from `at` on, each with its unit; [] unless they begin with an article."""
    numbers: list[Number] = []
    joint = None
    while match := NUMBER.match(flat, at):
        number = number_of(match)
        if number is None or (not numbers and number.bare and not clear(number)):
            break
        if numbers:
            joined = join(numbers[-1], number, joint, running)
            if joined is None:
                break
            number = replace(number, joined=joined)
        numbers.append(number)
        joint = JOINT.match(flat, number.end)
        at = joint.end()
    while numbers and not numbers[-1].unit:
        numbers.pop()
    for index in reversed(range(len(numbers) - 1)):
        if not numbers[index].unit:
            numbers[index] = replace(numbers[index], unit=numbers[index + 1].unit, shared=True)
    for index in range(1, len(numbers)):
        if numbers[index].joined == "" and DEPTH[numbers[index].unit] <= DEPTH[numbers[index - 1].unit]:
            numbers[index] = replace(numbers[index], joined="+")
    return numbers if numbers and numbers[0].unit == "条" else []


def number_of(match: re.Match) -> Number | None:
    bracketed, unit, inserted = match["open"] is not None, match["unit"] or "", match["before"] or match["after"] or ""
    if bracketed != (match["close"] is not None) or (bracketed and (unit in ("条", "款") or len(match["number"]) > 3)) or (inserted and unit != "条"):
        return None
    inserted = numerals.to_chinese(numerals.to_int(inserted)) if inserted else ""
    return Number(match.start(), match.end(), match["number"], inserted, unit or ("项" if bracketed else ""), match["di"] is None, bracketed)


def clear(number: Number) -> bool:
    """Whether it reads as a number without 第: 消法24条, not 消法一条."""
    return number.digits.isascii() or len(number.digits) > 1


def join(before: Number, number: Number, joint: re.Match, running: bool) -> str | None:
    """How `number` goes on from the one before, or None where the citation ends between them."""
    if joint["range"]:
        return "-" if not before.unit or number.unit == before.unit else None
    if mark := joint["mark"] or joint["word"]:
        if running and mark in ",;" and not (mark == "," and not before.unit):
            return None  # in running text a comma opens the next thought: 第24条，第二条是…
        if not before.unit:
            return None if number.bracketed else "+"
        if number.bracketed and number.bare:
            return "+" if before.unit == "项" else None
        listed = not joint["word"] and clear(number) and number.unit in ("", "条", before.unit)
        return "+" if not number.bare or listed else None
    if not before.unit:
        return None
    if not number.unit:
        return None if number.bare else ""
    if DEPTH[number.unit] <= DEPTH[before.unit]:
        return "+" if not number.bare or (number.bracketed and before.unit == "项") else None
    if number.unit == "款":
        return None if number.bare and number.digits.startswith("两") else ""
    return "" if not number.bare or number.bracketed or before.unit == "款" else None


def members(text: str, numbers: list[Number], named: Named) -> Iterator[Found]:
    """One Found for each member of the list."""
    base, units, shared, start = Citation(named.slug, ""), {"条"}, False, named.start
    bounds = [index for index, number in enumerate(numbers) if number.joined == "+"] + [len(numbers)]
    for low, high in zip(bounds, bounds[1:]):
        member, end = numbers[low:high], numbers[high - 1].end
        try:
            citations = expand(member, base, units, shared, named.book)
            yield Found(start, end, text[start:end], citations)
            base, units = citations[-1], {number.unit for number in member}
        except ValueError as error:
            yield Found(start, end, text[start:end], problem=str(error))
            units = set()
        shared = numbers[high - 1].shared
        start = numbers[high].start if high < len(numbers) else end


def expand(member: list[Number], base: Citation, units: set[str], shared: bool, book: str) -> tuple[Citation, ...]:
    """The citations of one member. `base` and `units` are of the member before. Raises ValueError with the problem."""
    levels: list[tuple[str, list[str]]] = []
    for number in member:
        value = numerals.to_int(number.digits)
        if value == 0:
            raise ValueError(f"没有第0{number.unit}")
        if number.joined != "-":
            levels.append((number.unit, [f"{value}之{number.inserted}" if number.inserted else str(value)]))
            continue
        unit, values = levels[-1]
        if number.inserted or "之" in values[-1]:
            raise ValueError("带“之一”的条文不能写成范围，请逐条列出")
        if value <= int(values[-1]):
            raise ValueError(f"第{values[-1]}至{value}{unit}前后颠倒了")
        values += map(str, range(int(values[-1]) + 1, value + 1))
    if (shared and len(levels) > 1) or any(len(values) > 1 for _, values in levels[:-1]):
        raise ValueError(f"第{levels[-1][1][0]}{levels[-1][0]}说不清属于前面的哪一{levels[-2][0]}，请逐个写全")
    if levels[0][0] != "条" and levels[0][0] not in units:
        raise ValueError(f"第{levels[0][1][0]}{levels[0][0]}说不清是哪一条的，请写全")
    cited = [base]
    for unit, values in levels:
        below = {field: None for deeper, field in FIELDS.items() if DEPTH[deeper] > DEPTH[unit]}
        cited = [replace(one, **{FIELDS[unit]: value if unit == "条" else int(value)}, **below) for one in cited for value in values]
    for one in cited:
        if book and int(one.article.partition("之")[0]) not in BOOKS[book]:
            raise ValueError(f"民法典第{one.article}条不在{book}编")
    return tuple(cited)


# Names: 《消法》, 消法, 民法典合同编, 该法, and what only looks like them


def name_before(text: str, flat: str, floor: int, end: int, bare: bool, names: Names, earlier: list[Found]) -> Named | None:
    """The instrument named between `floor` and `end`, directly before the article there; None if nothing names one. `bare`: no 第."""
    whole = flat[floor:end].rstrip()
    loose = whole if bare else re.sub(r"\s*(?:里面?|中)?的?$", "", whole)
    for stem in dict.fromkeys((whole, loose)):
        if named := instrument(text, flat, floor, stem, names, earlier):
            return named
        if book := BOOK.search(stem):
            named = instrument(text, flat, floor, stem[: book.start()].rstrip(), names, earlier)
            if named and (named.problem or names.titles[named.slug].endswith("民法典")):
                return replace(named, book=book[1])
    return None if bare else unknown(floor, whole, names)


def instrument(text: str, flat: str, floor: int, stem: str, names: Names, earlier: list[Found]) -> Named | None:
    """The instrument whose name ends where `stem` ends; a problem where there is a name but it cannot be told whose."""
    written = text[floor : floor + len(stem)]
    if stem.endswith("》"):
        return in_brackets(floor, stem, written, names)
    if that := THAT.search(stem):
        slug = named_last(flat[: floor + that.start()], that[1], names, earlier)
        return Named(floor + that.start(), slug or "", None if slug else f"看不出“{that[0]}”指的是哪一部")
    starts = [len(stem) - length for length in names.lengths if stem[-length:] in names.slugs and length <= len(stem)]
    if starts and stands_alone(stem[: starts[0]]):
        return Named(floor + starts[0], names.slugs[stem[starts[0] :]])
    mixed = re.search(rf"《([^《》]+)》((?:{HAN}|[()])+)$", stem)
    if mixed and not mixed[2].startswith(LEADERS):
        if slug := names.slug(mixed[1] + mixed[2]):
            return Named(floor + mixed.start(), slug)
        if re.search(r"(?:法|条例|.规定|办法|解释)(?:\([一二三四五]\))?$", mixed[2]):
            return Named(floor + mixed.start(), problem=f"库里没有{written[mixed.start() :]}")
    if starts:
        run = re.search(rf"{HAN}*$", stem[: starts[0]])[0]
        begin = starts[0] - len(CUT.sub("", run + "法规")[:-2]) if run else starts[0]
        return Named(floor + begin, problem=f"库里没有“{written[begin:]}”，要引《{names.shorts[names.slugs[stem[starts[0] :]]]}》就加上书名号")
    if version := re.search(r"\(([^()]*)\)$", stem):
        named = instrument(text, flat, floor, stem[: version.start()].rstrip(), names, earlier)
        if named and re.match("以下|下称|简称|下文", version[1]):
            return named
        if named and re.search(r"\d{4}|修[订正改]|^[一二三四五六七八九十]+$", version[1]):
            return Named(named.start, problem=f"库里没有{text[named.start : floor + len(stem)]}")
    return None


def in_brackets(floor: int, stem: str, written: str, names: Names) -> Named | None:
    depth = 0
    for start in reversed(range(len(stem))):
        depth += {"》": 1, "《": -1}.get(stem[start], 0)
        if depth == 0:
            break
    else:
        return None
    name = stem[start + 1 : -1]
    before = SUPERSEDED.search(stem[:start])
    if before:
        return Named(floor + before.start(), problem=f"库里没有{written[before.start() :]}")
    if slug := names.slug(name):
        return Named(floor + start, slug)
    book = BOOK.search(name)
    if book and (slug := names.slug(name[: book.start()])) and names.titles[slug].endswith("民法典"):
        return Named(floor + start, slug, book=book[1])
    return Named(floor + start, problem=f"库里没有{written[start:]}")


def stands_alone(before: str) -> bool:
    """Whether a name may begin after `before`: 依据|仲裁法 it may, 劳动争议调解|仲裁法 is another law."""
    if not before or SUPERSEDED.search(before):
        return not before
    return before.endswith(LEADERS) or not re.match(f"{HAN}|》", before[-1])


def unknown(floor: int, stem: str, names: Names) -> Named | None:
    """A problem where the words that end `stem` can only be the name of an instrument that is not in the library."""
    match = re.search(rf"{HAN}+(?:\([一二三四五六七八九十]\))?$", stem)
    if not match:
        return None
    name = CUT.sub("", match[0])
    base = name.partition("(")[0]
    certain = (
        (base.endswith("条例") and len(base) > 3)
        or (base.endswith(("法", "法典")) and len(base) > 2 and base[-2:] not in COMMON)
        or base in ("刑法", "宪法", "民法")
        or bool(RULES.search(base))
        or (base.endswith("解释") and any(base[:length] in names.slugs for length in names.lengths))
        or (len(base) > 3 and any(spelling.endswith(base) for spelling in names.slugs))
    )
    return Named(floor + match.end() - len(name), problem=f"库里没有“{name}”") if certain and not SOME.fullmatch(base) else None


def named_last(flat: str, noun: str, names: Names, earlier: list[Found]) -> str | None:
    """What 该法 or 同条例 means: of the instruments named in `flat`, the last whose title ends like that; None where one unknown came later.

    该法 may also mean a last-named 条例 or 规定, as people say it, but not an interpretation, which is about a law of its own.
    """
    mentions: dict[int, str | None] = {}
    for bracketed in re.finditer(r"《((?:[^《》]|《[^《》]*》)*)》", flat):
        slug = names.slug(bracketed[1])
        if slug or re.search(r"(?:法典|法|条例|规定|办法|解释)(?:\(.\))?$", bracketed[1]):
            mentions[bracketed.start()] = slug
    masked = re.sub(r"《(?:[^《》]|《[^《》]*》)*》", lambda match: "》" * len(match[0]), flat)
    at = 0
    while at < len(masked):
        length = next((length for length in names.lengths if masked[at : at + length] in names.slugs), 0)
        if length:
            mentions[at] = names.slugs[masked[at : at + length]] if stands_alone(masked[:at]) else None
        at += length or 1
    for found in earlier:
        if found.problem:
            mentions.setdefault(found.start, None)
    last = [mentions[at] for at in sorted(mentions, reverse=True)]
    known = last[: last.index(None)] if None in last else last
    titles = [(slug, names.titles[slug].translate(FLAT).partition("(")[0]) for slug in known]
    fitting = [slug for slug, title in titles if title.endswith(("法", "法典") if noun == "法" else noun) and not (noun == "法" and title.endswith("办法"))]
    if not fitting and noun == "法":
        fitting = [slug for slug, title in titles[:1] if not title.endswith("解释")]
    return fitting[0] if fitting else None


def unread(text: str) -> str:
    rest = re.sub(f"^{SEPARATORS}", "", text).strip()
    article = re.search(r"第?\s*[\d零〇一二两三四五六七八九十百千]+\s*条", rest)
    if not rest:
        return "没有写引的是哪一条"
    if article:
        return f"库里没有“{rest[: article.start()].strip()}”" if rest[: article.start()].strip() else f"“{article[0]}”前面没有写是哪部法"
    return f"“{rest}”看不懂"
