"""The seam: a JSON request → a JSON answer, the same in pytest, in the terminal and in the browser's worker.

    {"do": "load", "tree": …, "calendar": …, "library": …, "ladder": …, "papers": …} → {"ok": true}
    {"do": "walk", "tree": id, "answers": {…}, "today": day}   → docs/contribute/engine.md
    {"do": "what-if", "tree": id, "answers": {…}, "today": day} → {"what_if": […]}, as in a walk
    {"do": "sheet", "tree": id, "answers": {…}, "today": day}  → what is printed of an outcome
    {"do": "follow", "tree": id, "answers": {…}, "today": day} → the same, on through other trees
    {"do": "case", "case": {…}, "today": day}                  → all that comes of a case over all trees
    {"do": "chronology", "case": {…}, "today": day}            → {"document": …}, the same on paper
    {"do": "read-case", "text": …}                             → {"case": {…}, "saved": day}, of a file
    {"do": "papers", "case": {…}, "today": day}                → {"papers": […]}: which papers for offices it is fit for
    {"do": "paper", "id": …, "case": {…}, "today": day}        → one of them, filled in
    {"do": "cite", "text": …}                                  → {"found": […], "corrected": …}
    {"do": "calculate", "rule": id, "given": {…}, "today": day} → what a rule of the library comes to

Whatever is wrong with a request comes back as `{"problem": {"question", "says"}}`, never as an exception.
"""

import json
from datetime import date
from typing import Any

from .calculators import NONE_OF_THEM, Calculators, NotGiven, calculate_plain, calculate_rule
from .case import EMPTY_LIBRARY, BadCase, Case, CaseLibrary, read_case, read_file
from .case_report import CaseReport
from .case_view import case_report
from .chronology import chronology
from .cite_check import LONGEST, CitableLibrary, check_citations
from .codec import Malformed, from_json, hints_of, to_json
from .contract import CompiledTree
from .dates import Calendar, parse_date
from .labels import NONE_TICKED
from .library_data import LibraryData
from .paper import NO_PAPERS, PaperLibrary
from .papers import fill_paper, paper_offers
from .report import Problem
from .sheet import sheet
from .walk import walk
from .walk_report import follow_report, walk_report, what_if_at_end
from .words import engine_words

LARGEST = 5_000_000  # characters of a request

Json = dict[str, Any]


class BadRequest(Exception):
    """A request that cannot be answered; its text is one sentence."""


class Session:
    """What has been loaded: trees by id, one calendar, the library."""

    def __init__(self) -> None:
        self.trees: dict[str, CompiledTree] = {}
        self.calendar = Calendar(1, 0, frozenset(), frozenset())
        self.library = CitableLibrary.of(LibraryData((), ()))
        self.ladder = EMPTY_LIBRARY
        self.papers = NO_PAPERS
        self.calculators = NONE_OF_THEM

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
            case "sheet":
                return self.sheet(request)
            case "follow":
                return self.follow(request)
            case "case":
                return self.case(request)
            case "chronology":
                return self.chronology(request)
            case "read-case":
                return self.read_file(request)
            case "papers":
                return self.offers(request)
            case "paper":
                return self.paper(request)
            case "cite":
                return self.cite(request)
            case "calculate":
                return self.calculate(request)
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
        if isinstance(library := request.get("library"), dict):
            try:
                self.library = CitableLibrary.of(from_json(LibraryData, library))
            except Malformed:
                raise BadRequest(engine_words("request.library")) from None
        if isinstance(ladder := request.get("ladder"), dict):
            try:
                self.ladder = from_json(CaseLibrary, ladder)
            except Malformed:
                raise BadRequest(engine_words("request.ladder")) from None
        if isinstance(papers := request.get("papers"), dict):
            try:
                self.papers = from_json(PaperLibrary, papers)
            except Malformed:
                raise BadRequest(engine_words("request.papers")) from None
        if isinstance(calculators := request.get("calculators"), dict):
            try:
                self.calculators = from_json(Calculators, calculators)
            except Malformed:
                raise BadRequest(engine_words("request.calculators")) from None
        return {"ok": True}

    def walk(self, request: Json) -> Json:
        tree, written, today = self.read_walk(request)
        replies = ticked_replies(request)
        report = walk_report(
            tree,
            written,
            today=today,
            calendar=self.calendar,
            version=text_in(request, "version"),
            receipt=text_in(request, "receipt"),
            engine=text_in(request, "engine") or "",
            replies=replies,
            without=("what_if",) if request.get("what_if") is False else (),
        )
        return dict(to_json(report))

    def what_if(self, request: Json) -> Json:
        """What a walk that was asked for without it leaves out: it takes as long as all the rest."""
        tree, written, today = self.read_walk(request)
        here = walk(tree, written, today, self.calendar)
        return {"what_if": to_json(what_if_at_end(tree, here, today=today, calendar=self.calendar))}

    def sheet(self, request: Json) -> Json:
        """The sheet to take along, of a walk that has come to an outcome."""
        tree, written, today = self.read_walk(request)
        at_hand, fields = request.get("evidence", []), request.get("fields", {})
        if not (isinstance(at_hand, list) and all(isinstance(one, str) for one in at_hand)):
            raise BadRequest(engine_words("request.evidence"))
        if not (isinstance(fields, dict) and all(isinstance(one, str) for one in fields.values())):
            raise BadRequest(engine_words("request.fields"))
        report = walk_report(
            tree,
            written,
            today=today,
            calendar=self.calendar,
            engine=text_in(request, "engine") or "",
            replies=ticked_replies(request),
            without=("what_if",),
        )
        if report.outcome is None:
            raise BadRequest(engine_words("request.no-outcome"))
        return dict(to_json(sheet(tree, report, report.outcome, at_hand=at_hand, fields=fields)))

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

    def case(self, request: Json) -> Json:
        return dict(to_json(self.read_case(request)[1]))

    def offers(self, request: Json) -> Json:
        case, report, _ = self.read_case(request)
        return {"papers": to_json(paper_offers(self.papers, case, report))}

    def paper(self, request: Json) -> Json:
        paper = next((one for one in self.papers.papers if one.id == request.get("id")), None)
        if paper is None:
            raise BadRequest(engine_words("request.no-paper"))
        case, report, today = self.read_case(request)
        filled = fill_paper(paper, case, report, papers=self.papers, ladder=self.ladder, today=today)
        return dict(to_json(filled))

    def read_case(self, request: Json) -> tuple[Case, CaseReport, date]:
        """The case and what comes of it, of the trees that are loaded. Raises BadRequest."""
        try:
            case = read_case(request.get("case"))
        except BadCase as bad:
            raise BadRequest(str(bad)) from None
        today = read_today(request)
        return case, case_report(case, self.trees, self.ladder, today=today, calendar=self.calendar), today

    def chronology(self, request: Json) -> Json:
        case, report, today = self.read_case(request)
        return {"document": to_json(chronology(case, report, self.ladder, today))}

    def read_file(self, request: Json) -> Json:
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
        if len(text) > LONGEST:
            raise BadRequest(engine_words("request.too-long", most=f"{LONGEST:,}"))
        return dict(to_json(check_citations(text, self.library)))

    def calculate(self, request: Json) -> Json:
        """Of a rule by its id, or of a number of units."""
        today, given = read_today(request), request.get("given")
        if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
            raise BadRequest(engine_words("request.given"))
        rule, count, unit = (str(request.get(key) or "") for key in ("rule", "count", "unit"))
        rules, calendar = self.calculators, self.calendar
        try:
            if rule:
                found = calculate_rule(rules, rule, given, today=today, calendar=calendar)
            else:
                found = calculate_plain(rules, count, unit, given, today=today, calendar=calendar)
        except NotGiven as unfit:
            return {"problem": to_json(Problem(unfit.name, str(unfit)))}
        if found is None:
            raise BadRequest(engine_words("request.no-rule"))
        return dict(to_json(found))


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


def text_in(request: Json, key: str) -> str | None:
    """What comes from a link, which may hold anything: what is no text is not there."""
    value = request.get(key)
    return value if isinstance(value, str) else None


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
