"""A worked walk → its YAML, as an author would write it, to be pasted into walks.yml."""

import json
import re

from minglu.resolve.model import WorkedWalk


def walk_yaml(worked: WorkedWalk) -> str:
    """Several lines, each with its line end."""
    lines = [
        f"- walk: {yaml_scalar(worked.name)}",
        f"  today: {worked.today}",
        f"  answers: {yaml_mapping(worked.answers)}",
        f"  arrives: {worked.arrives}",
    ]
    lines += [f"  standing: {worked.standing}"] if worked.standing else []
    lines += [f"  deadlines: {yaml_mapping(worked.deadlines)}"] if worked.deadlines else []
    lines += [f"  amounts: {yaml_mapping(worked.amounts)}"] if worked.amounts else []
    lines += [
        f"  {key}: {yaml_articles(articles)}"
        for key, articles in (("cites", worked.cites), ("not_cites", worked.not_cites))
        if articles
    ]
    lines += [f"  story: {yaml_scalar(worked.story)}"] if worked.story else []
    return "\n".join(lines) + "\n"


def yaml_mapping(pairs: dict[str, str]) -> str:
    return f"{{ {', '.join(f'{key}: {yaml_scalar(value)}' for key, value in pairs.items())} }}"


def yaml_articles(articles: tuple[str, ...]) -> str:
    """As people write them: `消费者权益保护法第24条`."""
    written = [yaml_scalar(article.replace(" 第", "第")) for article in articles]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def yaml_scalar(text: str) -> str:
    """In quotes where YAML would read something else."""
    return (
        text
        if re.fullmatch(r"[\w\u3000-\u303f\uff00-\uffef“”‘’…—–·.][^:#{}\[\],&*?|<>=!%@\"'`\\\n]*", text)
        and text == text.strip()
        else json.dumps(text, ensure_ascii=False)
    )
