"""What the tools know of themselves → pages of the editors' guide: the checks from their docstrings, the keys from their meanings."""

import re

from minglu.parse.schema import reference
from minglu.verify import MANUAL
from minglu.write.source import front_matter, heading

PARTS = re.compile(
    r"^中文：(?P<title>[^。]+)。(?P<text>.*?)\n\nAccepted:\n(?P<accepted>```yaml\n.*?^```)\nReported:\n(?P<reported>```yaml\n.*?^```)",
    re.MULTILINE | re.DOTALL,
)


def checks_page() -> str:
    """A heading a check, named as in its diagnostics. Raises ValueError for a docstring without its Chinese part or an example."""
    parts = [
        heading(1, "发布前的检查"),
        "文件都读得懂以后，程序再按下面的次序检查每棵树。名字就是诊断里 `error[…]` 方括号里的字。每个例子都由测试跑过：正确的什么都不报，错的只报这一项。例子是一棵关于水壶的树里换上去的几行。",
    ]
    for name, docstring in MANUAL.items():
        if not (told := PARTS.search(docstring)):
            raise ValueError(f"the docstring of {name} lacks its Chinese part or an example")
        parts += [
            heading(2, f"{name}：{told['title']}", name),
            told["text"],
            "正确：",
            told["accepted"],
            "会报错：",
            told["reported"],
        ]
    return (
        front_matter("发布前的检查", "每项检查查什么，各有一个对的和一个错的例子")
        + "\n\n".join(filter(None, parts))
        + "\n"
    )


def keys_page() -> str:
    """A heading a kind of mapping: what it is, and of each key whether it is required and what it means."""
    parts = [
        heading(1, "每个键的意思"),
        "按文件里的层次排列。带 * 的必须写。VS Code 里把光标停在键上，看到的也是这些。",
    ]
    for name, about, keys in reference():
        rows = [f"| `{key}`{' *' if required else ''} | {meaning} |" for key, required, meaning in keys]
        parts += [
            heading(2, re.split("[：；，。]", about)[0], name.lower()),
            about,
            "\n".join(["| 键 | 意思 |", "| --- | --- |", *rows]),
        ]
    return front_matter("每个键的意思", "决策树和法规文件里每个键写什么") + "\n\n".join(parts) + "\n"
