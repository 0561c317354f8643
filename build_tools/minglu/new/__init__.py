"""A name → a small, commented file to begin a tree or a statute with, fit to pass `check` as it stands.

Each returns `{path: text}` with paths that begin with `trees/`, or raises Refused where no such file can be begun.
"""

import json
import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from minglu.diagnostics import Words
from minglu.engine.citations import label
from minglu.parse.syntax import Id
from minglu.resolve.in_force import stale
from minglu.resolve.library import names_of
from minglu.resolve.model import Library, Project, Statement

TREE = """\
# 一棵新的树：先把这里的字换成自己的，再一点一点加。`#` 后面的字只给编辑看。
# 每个键是什么意思：在 VS Code 里把光标停在键上，或看《每个键的意思》。
tree: {id}
title: 新的树 {id}
summary: （一句话：读者碰到了什么事）
as_of: {today}          # 法律以这天为准
reviewed: {today}       # 最后一次核对
start: what               # 第一个问题

questions:
  what:
    ask: 出了什么问题？
    why: （为什么要问）
    find: （答案在哪里找）
    options:              # 每行一个选项：名字: {{ label: 读者看到的字, goto: 去哪里 }}
      broken: {{ label: 坏了, goto: received }}
      other: {{ label: 别的事, goto: talk }}
  received:
    ask: 你哪天收到的？
    why: （为什么要问）
    find: 签收短信、物流记录
    kind: date            # 问日期，就按离今天多久分段，从近到远
    bands:
      early: {{ within: 7 days, goto: soon }}
      over: {{ goto: talk }}  # 最后一段不写 within

outcomes:
  soon:
    title: （能要求什么）
    standing: arguable    # clear 依据明确 | arguable 可以争取 | weak 比较弱 | none 没有依据
    says: （一两句话）
    grounds:              # 换成这个结论真正依据的条文
      - says: {says}
        cite: {cite}
        basis: {basis}       # text 条文这样写 | inferred 推出来的 | secondary 二手资料
    channels: [{channel}]  # 找谁，按先后
  talk:
    title: （能要求什么）
    standing: weak
    says: （一两句话）
    grounds:
      - says: {says}
        cite: {cite}
        basis: {basis}
    channels: [{channel}]
"""

WALKS = """\
# 走例：照这些回答走，应当走到哪里。每个结论至少一个。写了 story 的会公开在例子页上。
- walk: 前天收到，坏了
  today: {today}
  answers: {{ what: broken, received: {before} }}
  arrives: soon
- walk: 别的事
  today: {today}
  answers: {{ what: other }}
  arrives: talk
"""

LAW = """\
# 一部法律文件：用到哪条写哪条。`#` 后面的字只给编辑看。
title: 新的法律文件 {slug}    # 全名，不带“中华人民共和国”
short: 新的法律文件 {slug}    # 站内怎么称呼它
# also: [别的叫法]            # 有就去掉前面的 #；引用时都认
issuer: （谁制定的）
rank: rule                   # law 法律 | regulation 行政法规 | rule 部门规章 | interpretation 司法解释
in_force: {today}         # 从哪天起施行
articles_total: 1            # 一共多少条
fidelity: unsegmented        # verbatim 逐条核对过 | transcribed 逐字转录 | unsegmented 丢了分段
source: 还没有核对            # 从哪里来，老实写
checked: {today}          # 哪天核对的
articles:
  1: {{ topic: （管什么）, gist: （这一条说什么，用自己的话；「」里只放条文原话） }}
"""


FIRST_LAW = "first-law"

CHANNELS = """\
# 找谁：读者可以走的每一条路。`#` 后面的字只给编辑看；键的意思同样看《每个键的意思》。
{channel}:
  title: （找谁）
  short: （一句话：为什么先找他）
  who: （是谁，怎么找到）
  can:                         # 能办到什么，凭哪一条
    - says: {says}
      cite: {cite}
      basis: {basis}
"""

OTHER_LAW_STANDS = Words(
    "trees/channels.yml 里还没有一条途径引了现行的条文，先写一条",
    "no channel of trees/channels.yml cites law in force yet; write one first",
)


class Refused(Exception):
    """Why nothing was begun."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def new_tree(id: str, today: str, project: Project) -> dict[str, str]:
    """A tree with two questions, two outcomes and their walks, that rests on what the first channel cites.

    Where there is neither law nor channel yet, one of each comes with it.
    """
    named(id)
    if id in project.trees or id == "law":
        raise Refused(Words(f"已经有 trees/{id} 了", f"there is a trees/{id} already"))
    library = project.library
    if channel := next(citing(library, today), None):
        return tree_files(id, today, rests_on(*channel, library))
    if library.channels or library.statutes:
        raise Refused(OTHER_LAW_STANDS)
    support = {
        "channel": "first-channel",
        "says": "（能要求什么）",
        "cite": f"新的法律文件{FIRST_LAW}第1条",
        "basis": "text",
    }
    return {
        **new_law(FIRST_LAW, today, held=()),
        "trees/channels.yml": CHANNELS.format(**support),
        **tree_files(id, today, support),
    }


def new_law(slug: str, today: str, *, held: Collection[str]) -> dict[str, str]:
    """A statute of one article, which nothing cites yet. `held` are the statutes that are there, by slug.

    It needs no sound project: most often it is begun because a tree cites what is not there yet.
    """
    named(slug)
    if slug in held:
        raise Refused(Words(f"已经有 trees/law/{slug}.yml 了", f"there is a trees/law/{slug}.yml already"))
    return {f"trees/law/{slug}.yml": LAW.format(slug=slug, today=today)}


def tree_files(id: str, today: str, support: dict[str, str]) -> dict[str, str]:
    """`support` is what the outcomes rest on: channel, says, cite and basis, as YAML."""
    filled = {"id": id, "today": today, "before": str(date.fromisoformat(today) - timedelta(days=2)), **support}
    return {f"trees/{id}/tree.yml": TREE.format(**filled), f"trees/{id}/walks.yml": WALKS.format(**filled)}


def rests_on(channel: str, statement: Statement, library: Library) -> dict[str, str]:
    names = names_of(library.statutes)
    cites = [quoted(label(one, names).replace(" ", "")) for one in statement.cites]
    cite = cites[0] if len(cites) == 1 else f"[{', '.join(cites)}]"
    return {"channel": channel, "says": quoted(statement.says), "cite": cite, "basis": statement.basis}


def named(id: str) -> None:
    if not Id.fits(id):
        raise Refused(
            Words(
                f"`{id}` 不能用作名字：名字用小写字母、数字和连字符，如 `late-delivery`",
                f"`{id}` cannot be a name: names are lower-case letters, digits and hyphens, such as `late-delivery`",
            )
        )


def citing(library: Library, today: str) -> Iterator[tuple[str, Statement]]:
    """What the channels say with law that is in force today."""
    for id, channel in library.channels.items():
        for statement in channel.statements():
            if statement.cites and not any(stale(one, library.statutes, today) for one in statement.cites):
                yield id, statement


def quoted(text: str) -> str:
    """A JSON string is a YAML string; one word needs no quotes."""
    return text if re.fullmatch(r"[^\W\d]\w*", text) else json.dumps(text, ensure_ascii=False)
