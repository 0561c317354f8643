"""A worked walk → its YAML, as an author would write it, to be pasted into walks.yml."""

import json
import re

from minglu.resolve.model import WorkedWalk


def pasted(worked: WorkedWalk) -> str:
    """Several lines with a line's end each."""
    lines = [
        f"- walk: {plain(worked.name)}",
        f"  today: {worked.today}",
        f"  answers: {mapping(worked.answers)}",
        f"  arrives: {worked.arrives}",
    ]
    lines += [f"  standing: {worked.standing}"] if worked.standing else []
    lines += [f"  deadlines: {mapping(worked.deadlines)}"] if worked.deadlines else []
    lines += [
        f"  {key}: {listed(articles)}"
        for key, articles in (("cites", worked.cites), ("not_cites", worked.not_cites))
        if articles
    ]
    lines += [f"  story: {plain(worked.story)}"] if worked.story else []
    return "\n".join(lines) + "\n"


def mapping(pairs: dict[str, str]) -> str:
    return f"{{ {', '.join(f'{key}: {plain(value)}' for key, value in pairs.items())} }}"


def listed(articles: tuple[str, ...]) -> str:
    """As people write them: `消费者权益保护法第24条`."""
    written = [plain(article.replace(" 第", "第")) for article in articles]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def plain(text: str) -> str:
    """In quotes where YAML would read something else."""
    return (
        text
        if re.fullmatch(r"[\w\u3000-\u303f\uff00-\uffef“”‘’…—–·.][^:#{}\[\],&*?|<>=!%@\"'`\\\n]*", text)
        and text == text.strip()
        else json.dumps(text, ensure_ascii=False)
    )
