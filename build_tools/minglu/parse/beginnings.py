"""What a file of each kind begins with, and which phrases of that an author is to replace: written where the format is,
so that `minglu.new` and the check of what was left read the same.
"""

import re

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
    ask: （问句：出了什么问题？）
    why: （为什么要问）
    find: （答案在哪里找）
    options:              # 每行一个选项：名字: {{ label: 读者看到的字, goto: 去哪里 }}
      broken: {{ label: 坏了, goto: received }}
      other: {{ label: 别的事, goto: talk }}
  received:
    ask: （问句：你哪天收到的？）
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

PHRASES = frozenset(
    re.findall(r"（[^（）]*）", TREE + LAW + CHANNELS) + re.findall(r"(?m)^title: (\S+ )\{", TREE + LAW)
)
"""Each stands in the place of what only the author knows; in full-width brackets, or before the name of the file."""
