"""The seam: a JSON request → a JSON answer, the same in pytest, in the terminal and in the browser's worker.

    {"do": "load", "tree": …, "calendar": …, "library": […], "ladder": …}   → {"ok": true}
    {"do": "walk", "tree": id, "answers": {…}, "today": day}   → docs/contribute/engine.md
    {"do": "what-if", "tree": id, "answers": {…}, "today": day} → {"what_if": […]}, as in a walk
    {"do": "follow", "tree": id, "answers": {…}, "today": day} → the same, on through other trees
    {"do": "case", "case": {…}, "today": day}                  → all that comes of a case over all trees
    {"do": "chronology", "case": {…}, "today": day}            → {"document": …}, the same on paper
    {"do": "read-case", "text": …}                             → {"case": {…}, "saved": day}, of a file
    {"do": "cite", "text": …}                                  → {"found": […]}

Whatever is wrong with a request comes back as `{"problem": {"question", "says"}}`, never as an exception.
"""

import json
from datetime import date
from typing import Any

from . import citations
from .case import EMPTY_LIBRARY, BadCase, Case, CaseLibrary, read_case, read_file
from .case_report import CaseReport
from .case_view import case_report
from .chronology import chronology
from .citations import Citation, Found
from .codec import Malformed, from_json, hints_of, to_json
from .contract import CompiledTree
from .dates import Calendar, parse_date
from .labels import NONE_TICKED
from .names import Names
from .report import Problem
from .walk import walk
from .walk_report import follow_report, walk_report, what_if_at_end
from .words import engine_words

LARGEST = 5_000_000  # characters of a request

Json = dict[str, Any]


class BadRequest(Exception):
    """A request that cannot be answered; its text is one sentence."""


class Session:
    """What has been loaded: trees by id, one calendar, the names and gists of the library."""

    def __init__(self) -> None:
        self.trees: dict[str, CompiledTree] = {}
        self.calendar = Calendar(1, 0, frozenset(), frozenset())
        self.names = Names.of([])
        self.library: dict[str, Json] = {}
        self.ladder = EMPTY_LIBRARY

    def answer(self, request: str) -> str:
        try:
            reply = self.reply(request)
        except BadRequest as bad:
            reply = {"problem": to_json(Problem(None, str(bad)))}
        return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))

    def reply(self, text: str) -> Json:
        request = parse_request(text)
        match request.get("do"):
            case "load":
                return self.load(request)
            case "walk":
                return self.walk(request)
            case "what-if":
                return self.what_if(request)
            case "follow":
                return self.follow(request)
            case "case":
                return dict(to_json(self.case_report(request)[1]))
            case "chronology":
                return self.chronology(request)
            case "read-case":
                return self.read_case(request)
            case "cite":
                return self.cite(request)
        raise BadRequest(engine_words("request.unknown"))

    def load(self, request: Json) -> Json:
        if isinstance(data := request.get("tree"), dict):
            try:
                tree = from_json(CompiledTree, data)
            except Malformed:
                raise BadRequest(engine_words("request.tree")) from None
            self.trees[tree.tree] = tree
        if isinstance(calendar := request.get("calendar"), dict):
            try:
                self.calendar = Calendar.of(calendar)
            except (ValueError, KeyError, TypeError):
                raise BadRequest(engine_words("request.calendar")) from None
        if isinstance(library := request.get("library"), list):
            try:
                self.names = Names.of(library)
                self.library = {one["slug"]: {"until": one["until"], "articles": one["articles"]} for one in library}
            except (KeyError, TypeError):
                raise BadRequest(engine_words("request.library")) from None
        if isinstance(ladder := request.get("ladder"), dict):
            try:
                self.ladder = from_json(CaseLibrary, ladder)
            except Malformed:
                raise BadRequest(engine_words("request.ladder")) from None
        return {"ok": True}

    def walk(self, request: Json) -> Json:
        tree, written, today = self.read_walk(request)
        version, replies = request.get("version"), ticked_replies(request)
        report = walk_report(
            tree,
            written,
            today=today,
            calendar=self.calendar,
            version=version if isinstance(version, str) else None,
            replies=replies,
            without=("what_if",) if request.get("what_if") is False else (),
        )
        return dict(to_json(report))

    def what_if(self, request: Json) -> Json:
        """What a walk that was asked for without it leaves out: it takes as long as all the rest."""
        tree, written, today = self.read_walk(request)
        here = walk(tree, written, today, self.calendar)
        return {"what_if": to_json(what_if_at_end(tree, here, today=today, calendar=self.calendar))}

    def follow(self, request: Json) -> Json:
        """The same walk, on through other trees."""
        tree, written, today = self.read_walk(request)
        replies = ticked_replies(request)
        report = follow_report(self.trees, tree, written, today=today, calendar=self.calendar, replies=replies)
        return dict(to_json(report))

    def read_walk(self, request: Json) -> tuple[CompiledTree, dict[str, str], date]:
        """Raises BadRequest."""
        tree = self.trees.get(request.get("tree") or "") if isinstance(request.get("tree"), str) else None
        if tree is None:
            raise BadRequest(engine_words("request.no-tree"))
        answers = request.get("answers")
        if not isinstance(answers, dict) or not all(map(is_answer, answers.values())):
            raise BadRequest(engine_words("request.answers"))
        return tree, {key: written_answer(value) for key, value in answers.items()}, read_today(request)

    def case_report(self, request: Json) -> tuple[Case, CaseReport, date]:
        """Of the trees that are loaded. Raises BadRequest."""
        try:
            case = read_case(request.get("case"))
        except BadCase as bad:
            raise BadRequest(str(bad)) from None
        today = read_today(request)
        return case, case_report(case, self.trees, self.ladder, today=today, calendar=self.calendar), today

    def chronology(self, request: Json) -> Json:
        case, report, today = self.case_report(request)
        return {"document": to_json(chronology(case, report, self.ladder, today))}

    def read_case(self, request: Json) -> Json:
        """Raises BadRequest."""
        text = request.get("text")
        if not isinstance(text, str):
            raise BadRequest(engine_words("request.no-text"))
        try:
            file = read_file(text)
        except BadCase as bad:
            raise BadRequest(str(bad)) from None
        return {"case": {name: to_json(getattr(file, name)) for name in hints_of(Case)}, "saved": file.saved}

    def cite(self, request: Json) -> Json:
        text = request.get("text")
        if not isinstance(text, str):
            raise BadRequest(engine_words("request.no-text"))
        return {"found": [self.found(one) for one in citations.find(text, self.names)]}

    def found(self, one: Found) -> Json:
        """One citation in the text; a range (第14至17条) names several articles."""
        articles = [self.article(citation) for citation in one.citations]
        missing = engine_words("rule.listed").join(article["label"] for article in articles if not article["gist"])
        return {
            "text": one.text,
            "start": one.start,
            "end": one.end,
            "articles": [article for article in articles if article["gist"]],
            "problem": one.problem or (engine_words("citation.not-held", articles=missing) if missing else None),
        }

    def article(self, citation: Citation) -> Json:
        statute = self.library[citation.statute]
        article = statute["articles"].get(citation.article) or {"topic": "", "gist": ""}
        return {
            "label": citations.label(citation, self.names),
            "topic": article["topic"],
            "gist": article["gist"],
            "href": f"law/{citation.statute}.html#a{citation.article}",
            "until": article.get("until") or statute["until"],
        }


def parse_request(text: str) -> Json:
    if not isinstance(text, str) or len(text) > LARGEST:
        raise BadRequest(engine_words("request.too-large"))
    try:
        request = json.loads(text)
    except (ValueError, RecursionError):
        raise BadRequest(engine_words("request.not-json")) from None
    if not isinstance(request, dict):
        raise BadRequest(engine_words("request.not-object"))
    return request


def read_today(request: Json) -> date:
    """Raises BadRequest."""
    try:
        return parse_date(str(request.get("today")))
    except ValueError as error:
        raise BadRequest(engine_words("request.today", why=error)) from None


def is_answer(value: object) -> bool:
    """Text, a whole number, or a list of ticks."""
    if isinstance(value, list):
        return all(isinstance(tick, str) for tick in value)
    return isinstance(value, str | int) and not isinstance(value, bool)


def written_answer(value: object) -> str:
    return ".".join(value) or NONE_TICKED if isinstance(value, list) else str(value)


def ticked_replies(request: Json) -> list[str] | None:
    """Raises BadRequest."""
    replies = request.get("replies")
    if replies is None or (isinstance(replies, list) and all(isinstance(one, str) for one in replies)):
        return replies
    raise BadRequest(engine_words("request.replies"))


SESSION = Session()


def answer(request: str) -> str:
    """The worker's door: one session for the life of the page."""
    return SESSION.answer(request)
