"""The seam: a JSON request → a JSON answer, the same in pytest, in the terminal and in the browser's worker.

    {"do": "load", "tree": …, "calendar": …, "names": […]}     → {"ok": true}
    {"do": "walk", "tree": id, "answers": {…}, "today": day}   → docs/contribute/engine.md
    {"do": "cite", "text": …}                                  → {"found": […]}

Whatever is wrong with a request comes back as `{"problem": {"question", "says"}}`, never as an exception.
"""

import json
from datetime import date

from . import ahead, citations
from .dates import Calendar, parse_date
from .labels import answer_label
from .outcome import outcome
from .walk import Walk, walk
from .what_if import what_if

LARGEST = 5_000_000  # characters of a request


class Bad(Exception):
    """A request that cannot be answered; its text is one sentence."""


class Session:
    """What has been loaded: trees by id, one calendar, the names and gists of the library."""

    def __init__(self) -> None:
        self.trees: dict[str, dict] = {}
        self.calendar = Calendar(1, 0, frozenset(), frozenset())
        self.names = citations.Names.of([])
        self.library: dict[str, dict] = {}

    def answer(self, request: str) -> str:
        try:
            reply = self.reply(request)
        except Bad as bad:
            reply = {"problem": {"question": None, "says": str(bad)}}
        return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))

    def reply(self, text: str) -> dict:
        request = parsed(text)
        match request.get("do"):
            case "load":
                return self.load(request)
            case "walk":
                return self.walk(request)
            case "cite":
                return self.cite(request)
        raise Bad("不认识的请求。")

    def load(self, request: dict) -> dict:
        if isinstance(tree := request.get("tree"), dict):
            if not all(
                isinstance(tree.get(key), kind)
                for key, kind in (
                    ("tree", str),
                    ("version", str),
                    ("start", str),
                    ("questions", dict),
                    ("states", dict),
                    ("outcomes", dict),
                )
            ):
                raise Bad("决策树的数据不完整，请刷新页面。")
            self.trees[tree["tree"]] = tree
        if isinstance(calendar := request.get("calendar"), dict):
            try:
                self.calendar = Calendar.of(calendar)
            except (ValueError, KeyError, TypeError):
                raise Bad("节假日表的数据不完整，请刷新页面。") from None
        if isinstance(library := request.get("library"), list):
            try:
                self.names = citations.Names.of(library)
                self.library = {
                    statute["slug"]: {"until": statute["until"], "articles": statute["articles"]} for statute in library
                }
            except (KeyError, TypeError):
                raise Bad("法规库的数据不完整，请刷新页面。") from None
        return {"ok": True}

    def walk(self, request: dict) -> dict:
        tree = self.trees.get(request.get("tree")) if isinstance(request.get("tree"), str) else None
        if tree is None:
            raise Bad("没有这棵决策树。")
        answers = request.get("answers")
        if not isinstance(answers, dict) or not all(
            isinstance(value, str | int) and not isinstance(value, bool) for value in answers.values()
        ):
            raise Bad('回答要写成 {"问题": "答案"} 的形式。')
        try:
            today = parse_date(str(request.get("today")))
        except ValueError as error:
            raise Bad(f"{error}。") from None
        version = request.get("version")
        return report(
            tree,
            {key: str(value) for key, value in answers.items()},
            today,
            self.calendar,
            version if isinstance(version, str) else None,
        )

    def cite(self, request: dict) -> dict:
        text = request.get("text")
        if not isinstance(text, str):
            raise Bad("没有要核对的文字。")
        return {"found": [self.found(one) for one in citations.find(text, self.names)]}

    def found(self, one: citations.Found) -> dict:
        """One citation in the text; a range (第14至17条) names several articles."""
        articles = [self.article(citation) for citation in one.citations]
        missing = "、".join(article["label"] for article in articles if not article["gist"])
        return {
            "text": one.text,
            "start": one.start,
            "end": one.end,
            "articles": [article for article in articles if article["gist"]],
            "problem": one.problem or (f"站内没有收{missing}，没法核对。" if missing else None),
        }

    def article(self, citation: citations.Citation) -> dict:
        statute = self.library[citation.statute]
        article = statute["articles"].get(citation.article) or {"topic": "", "gist": ""}
        href = f"law/{citation.statute}.html#a{citation.article}"
        return {
            "label": citations.label(citation, self.names),
            "topic": article["topic"],
            "gist": article["gist"],
            "href": href,
            "until": article.get("until") or statute["until"],
        }


def parsed(text: str) -> dict:
    if not isinstance(text, str) or len(text) > LARGEST:
        raise Bad("请求太大了。")
    try:
        request = json.loads(text)
    except (ValueError, RecursionError):
        raise Bad("请求不是 JSON。") from None
    if not isinstance(request, dict):
        raise Bad('请求要写成 {"do": …} 的形式。')
    return request


def report(
    tree: dict,
    answers: dict[str, str],
    today: date,
    calendar: Calendar,
    version: str | None = None,
    *,
    others: bool = True,
) -> dict:
    """The JSON of docs/contribute/engine.md; without `others` it is not asked what other answers would have led to."""
    here = walk(tree, answers, today, calendar)
    least, most = ahead.questions_left(tree, here.at)
    at = place(tree, here)
    return {
        "tree": tree["tree"],
        "version": tree["version"],
        "today": today.isoformat(),
        "path": [
            {
                "question": step.question,
                "answer": step.answer,
                "shown": label(tree, step.question, step.answer),
                "label": tree["questions"][step.question]["ask"],
            }
            for step in here.path
        ],
        "left": {"least": least, "most": most},
        "at": at,
        "states": list(here.at),
        "possible": ahead.possible(tree, here.at),
        "ends": ends(tree, here) if at["kind"] == "several" else [],
        "outcome": outcome(tree, at["state"], here, today, calendar) if at["kind"] == "outcome" else None,
        "what_if": [
            one | {"shown": label(tree, one["question"], one["answer"])} for one in what_if(tree, here, today, calendar)
        ]
        if others and here.asking is None and here.problem is None
        else [],
        "used": {step.question: step.answer for step in here.path},
        "changed": changed(tree, here, answers, version),
        "problem": {"question": here.asking, "says": here.problem} if here.problem else None,
    }


def place(tree: dict, here: Walk) -> dict:
    """`question` while one is asked; at the end `outcome`, `tree` (a hand-over), or `several`."""
    if here.asking:
        state = next(
            state for state in here.at if state in tree["states"] and tree["states"][state]["node"] == here.asking
        )
        return {"kind": "question", "id": here.asking, "state": state}
    if len(here.at) > 1:
        return {"kind": "several", "id": None, "state": None}
    if here.at[0] in tree["states"]:
        return {"kind": "outcome", "id": tree["states"][here.at[0]]["node"], "state": here.at[0]}
    id, _, state = here.at[0].removeprefix("tree/").partition("#")
    return {"kind": "tree", "id": id, "state": state}


def ends(tree: dict, here: Walk) -> list[dict]:
    """Where a reader who was unsure may have ended: each end once."""
    found = {}
    for state in here.at:
        if state in tree["states"]:
            node = tree["states"][state]["node"]
            found.setdefault(
                node,
                {
                    "id": node,
                    "state": state,
                    "title": tree["outcomes"][node]["title"],
                    "standing": tree["outcomes"][node]["standing"],
                },
            )
        else:
            found.setdefault(state, {"id": state.partition("#")[0], "state": state, "title": None, "standing": None})
    return list(found.values())


def label(tree: dict, question: str, answer: str) -> str:
    return answer_label(tree["questions"][question], answer)


def changed(tree: dict, here: Walk, answers: dict[str, str], version: str | None) -> str | None:
    """What to tell a reader whose link was made for another version of the tree."""
    if version is None or version == tree["version"]:
        return None
    lost = [question for question in answers if question not in tree["questions"]]
    if lost or here.problem:
        return "这个链接生成以后，内容更新过；有的回答不再适用，请从停下的问题继续。"
    return "这个链接生成以后，内容更新过；已按新内容重新走了一遍。"


SESSION = Session()


def answer(request: str) -> str:
    """The worker's door: one session for the life of the page."""
    return SESSION.answer(request)
