"""The files beside the trees → the library: statutes, channels, evidence, mistakes, and the years of the calendar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine.case import LOG_KINDS
from minglu.engine.dates import schedule_year
from minglu.parse import Sources, syntax
from minglu.resolve import model
from minglu.resolve.citation_binder import bind_citations, bind_cites, bind_mentions
from minglu.resolve.model import Library, Mention
from minglu.resolve.scope import Scope, is_known, library_scope
from minglu.resolve.statement_binder import bind_statements

CHANNEL_PARTS = ("can", "cannot", "conditions", "time", "cost", "where", "if_fails")


def bind_library(sources: Sources) -> tuple[Scope, list[Diagnostic]]:
    """The library in the scope that trees are bound in."""
    found: list[Diagnostic] = []
    statutes = {slug: bind_statute(slug, file) for slug, file in sorted(sources.statutes.items())}
    check_statutes(sources.statutes, found)
    scope = library_scope(Library(statutes, {}, {}, {}, {}, {}), model.names_of(statutes))
    shared = sources.shared
    library = Library(
        {slug: bind_articles(statute, sources.statutes[slug], scope, found) for slug, statute in statutes.items()},
        bind_channels(shared.get("channels.yml", {}), shared.get("questions.yml", {}), scope, found),
        {str(id): bind_evidence(id, file, scope, found) for id, file in shared.get("evidence.yml", {}).items()},
        {str(id): bind_mistake(id, file, scope, found) for id, file in shared.get("mistakes.yml", {}).items()},
        {str(id): id.at for id in shared.get("questions.yml", {})},
        {int(year): bind_year(year, file, found) for year, file in shared.get("calendar.yml", {}).items()},
        warnings_of(shared.get("questions.yml", {})),
    )
    return replace(scope, library=library), found


def warnings_of(questions: syntax.SharedQuestions) -> dict[str, dict[str, str]]:
    found = {
        str(id): {str(answer): str(option.warn) for answer, option in one.options.items() if option.warn}
        for id, one in questions.items()
    }
    return {id: warned for id, warned in found.items() if warned}


def bind_statute(slug: str, file: syntax.StatuteFile) -> model.Statute:
    articles = {str(number): plain_article(str(number), article) for number, article in file.articles.items()}
    return model.Statute(
        slug,
        str(file.title),
        str(file.short),
        tuple(map(str, file.also)),
        str(file.issuer),
        str(file.rank),
        str(file.document or ""),
        str(file.promulgated or ""),
        str(file.in_force),
        str(file.until or ""),
        str(file.replaced_by or ""),
        tuple(map(str, file.replaces)),
        int(file.articles_total),
        str(file.fidelity),
        str(file.source),
        str(file.checked),
        articles,
        file.title.at,
    )


def plain_article(number: str, article: syntax.Article) -> model.Article:
    """First step: without what it mentions and what has replaced it."""
    return model.Article(
        number,
        str(article.topic),
        int(article.paragraphs or 0),
        tuple(map(int, article.items)),
        str(article.gist),
        str(article.was or ""),
        str(article.until or ""),
        (),
        article.at,
        (),
    )


def bind_articles(
    statute: model.Statute, file: syntax.StatuteFile, scope: Scope, found: list[Diagnostic]
) -> model.Statute:
    """Second step, as articles cite one another: what each mentions, and what has replaced it."""
    return replace(
        statute,
        articles={
            str(number): bind_article(statute.articles[number], article, file, scope, found)
            for number, article in file.articles.items()
        },
    )


def bind_article(
    bound: model.Article, article: syntax.Article, file: syntax.StatuteFile, scope: Scope, found: list[Diagnostic]
) -> model.Article:
    bind_mentions(scope, found, article.was)
    check_divisions(article, found)
    if article.replaced_by and not (article.until or file.until):
        found.append(no_until(article.replaced_by[0]))
    return replace(
        bound,
        replaced_by=bind_citations(article.replaced_by, scope, found),
        mentions=bind_mentions(scope, found, article.gist),
    )


def check_divisions(article: syntax.Article, found: list[Diagnostic]) -> None:
    """No paragraph beyond the last has items, and of a whole article there is one number of them."""
    paragraphs, items = article.paragraphs, article.items
    if not items or len(items) <= int(paragraphs or 1):
        return
    first = items[int(paragraphs or 1)]
    if paragraphs:
        says = Words(f"一共只有 {paragraphs} 款", f"there are only {paragraphs} paragraphs")
        help = Words("每一款一个数，从第 1 款写起", "write a number for each paragraph, from the first on")
    else:
        says = Words(
            "没有写 `paragraphs`，不知道哪一款有几项", "there are items of several paragraphs, but no `paragraphs`"
        )
        help = Words("写上有几款，或只写整条有几项", "say how many there are, or only the items of the whole article")
    found.append(Diagnostic("values", first.at, says, help))


def no_until(replaced_by: syntax.Text) -> Diagnostic:
    return Diagnostic(
        "missing",
        replaced_by.at,
        Words("写了 `replaced_by`，却没有 `until`", "there is a `replaced_by` but no `until`"),
        Words("加上 `until: 年-月-日`", "add `until: year-month-day`"),
    )


def check_statutes(files: dict[str, syntax.StatuteFile], found: list[Diagnostic]) -> None:
    """Names point to one statute each; a replaced statute says since when and by what."""
    owners: dict[str, syntax.Text] = {}
    for slug, file in sorted(files.items()):
        for name in dict.fromkeys((file.title, file.short, *file.also, *file.replaces)):
            if name in owners:
                found.append(
                    Diagnostic(
                        "names",
                        name.at,
                        Words(
                            f"名称 `{name}` 已经属于另一部法规", f"the name `{name}` belongs to another statute already"
                        ),
                        Words("换一个，或从其中一处删掉", "choose another, or remove one of the two"),
                        ((owners[name].at, Words("在这里", "here")),),
                    )
                )
            owners.setdefault(name, name)
        if file.replaced_by and file.replaced_by not in files:
            near = nearest(file.replaced_by, [other for other in files if other != slug])
            found.append(
                Diagnostic(
                    "names",
                    file.replaced_by.at,
                    Words(f"没有叫 `{file.replaced_by}` 的法规", f"no statute is called `{file.replaced_by}`"),
                    Words(f"写 `{near}`", f"write `{near}`") if near else None,
                )
            )
        if file.replaced_by and not file.until:
            found.append(no_until(file.replaced_by))
        for number in file.articles:
            if int(number.split("之")[0]) > int(file.articles_total):
                found.append(
                    Diagnostic(
                        "citations",
                        number.at,
                        Words(
                            f"这部法规只有 {file.articles_total} 条",
                            f"this statute has only {file.articles_total} articles",
                        ),
                        Words("改条号，或改 `articles_total`", "change the number, or `articles_total`"),
                        stops=False,
                    )
                )


def bind_channels(
    files: syntax.Channels, questions: syntax.SharedQuestions, scope: Scope, found: list[Diagnostic]
) -> dict[str, model.Channel]:
    dates = {str(id): id.at for id, one in questions.items() if one.kind == "date"}
    return {str(id): bind_channel(id, file, dates, scope, found) for id, file in files.items()}


def bind_channel(
    id: str, file: syntax.Channel, dates: Mapping[str, Span], scope: Scope, found: list[Diagnostic]
) -> model.Channel:
    """`dates` are the shared date questions, with their places."""
    parts = {name: bind_statements(getattr(file, name), scope, found) for name in CHANNEL_PARTS}
    return model.Channel(
        str(id),
        str(file.title),
        str(file.short),
        tuple(filter(None, (bind_reach(one, scope, found) for one in file.reach))),
        str(file.who),
        **parts,
        clocks=bind_clocks(file.clocks, scope, found),
        log=bind_log(file.log, dates, found) if file.log else {},
        search=tuple(map(str, file.search)),
        group=str(file.group or ""),
        at=file.at,
        mentions=bind_mentions(
            scope,
            found,
            file.title,
            file.short,
            file.who,
            *(text for one in file.reach for text in (one.place, one.note, one.says)),
        ),
    )


def bind_clocks(items: tuple[syntax.Clock, ...], scope: Scope, found: list[Diagnostic]) -> tuple[model.Clock, ...]:
    own: dict[str, Span] = {}
    for item in items:
        if item.id in own:
            found.append(
                Diagnostic(
                    "names",
                    item.id.at,
                    Words(f"这条途径已有叫 `{item.id}` 的期限", f"this channel has a clock called `{item.id}` already"),
                    Words("换一个名字", "choose another name"),
                    ((own[item.id], Words("在这里", "here")),),
                )
            )
        own.setdefault(item.id, item.id.at)
    return tuple(
        model.Clock(
            model.ALWAYS,
            item.at,
            str(item.says),
            bind_cites(item, scope, found),
            str(item.basis),
            bind_mentions(scope, found, item.label, item.says),
            id=str(item.id),
            on=tuple(map(str, item.on)),
            kind=str(item.kind),
            label=str(item.label),
            within=str(item.within),
        )
        for item in items
    )


def bind_log(log: syntax.LogAnswers, dates: Mapping[str, Span], found: list[Diagnostic]) -> dict[str, tuple[str, ...]]:
    what = Words("共用日期问题", "shared date question")
    home = Words(
        "写 trees/questions.yml 里 `kind: date` 的名字", "write the name of one of `kind: date` in trees/questions.yml"
    )
    named = {kind: getattr(log, kind) for kind in LOG_KINDS}
    return {
        kind: tuple(str(id) for id in ids if is_known(id, dates, what, found, home=home))
        for kind, ids in named.items()
        if ids
    }


def bind_reach(item: syntax.Reach, scope: Scope, found: list[Diagnostic]) -> model.Reach | None:
    ways = {"tel": item.tel, "url": item.url, "place": item.place, "note": item.note}
    written = [(kind, value) for kind, value in ways.items() if value is not None]
    if len(written) != 1:
        found.append(
            Diagnostic(
                "values",
                item.at,
                Words(
                    "`tel`、`url`、`place`、`note` 里要写一个，也只写一个",
                    "there must be one of `tel`, `url`, `place` and `note`, and only one",
                ),
                Words("两样就写成两项", "write two entries for two of them"),
            )
        )
        return None
    ((kind, value),) = written
    return model.Reach(kind, str(value), str(item.says or ""))


def bind_evidence(id: str, file: syntax.Evidence, scope: Scope, found: list[Diagnostic]) -> model.Evidence:
    return model.Evidence(
        str(id),
        str(file.title),
        str(file.proves),
        str(file.how),
        bind_statements(file.grounds, scope, found),
        str(file.group or ""),
        file.at,
        bind_mentions(scope, found, file.title, file.proves, file.how),
    )


def bind_mistake(id: str, file: syntax.Mistake, scope: Scope, found: list[Diagnostic]) -> model.Mistake:
    bind_mentions(scope, found, file.title, file.said)
    signs = tuple(bind_sign(sign, scope, found) for sign in file.signs)
    meant = (Mention(one.means, sign.at) for one, sign in zip(signs, file.signs, strict=True) if one.means)
    return model.Mistake(
        str(id),
        str(file.title),
        str(file.said),
        bind_statements(file.right, scope, found),
        str(file.instead),
        signs,
        str(file.group or ""),
        file.at,
        (*bind_mentions(scope, found, file.instead), *meant),
    )


SHORTEST = 4
"""Characters of words that are a sign without an article: shorter ones stand in many a text."""


def bind_sign(file: syntax.Sign, scope: Scope, found: list[Diagnostic]) -> model.Sign:
    means = bind_citations((file.means,), scope, found) if file.means else ()
    cites = bind_citations(file.cite, scope, found)
    if file.means and means and (len(cites) > 1 or len(means) > 1 or not file.cite):
        says = Words("`means` 要和一条 `cite` 一起写，也只写一条", "`means` goes with one `cite`, and is one article")
        found.append(Diagnostic("values", file.means.at, says, Words("分成几项写", "write several entries")))
    if not file.cite:
        check_words(file.words, found)
    words, unless = tuple(map(str, file.words)), tuple(map(str, file.unless))
    return model.Sign(cites, words, unless, means[0] if means else None)


def check_words(words: tuple[syntax.Text, ...], found: list[Diagnostic]) -> None:
    for word in words:
        if len(word.replace("…", "")) < SHORTEST:
            says = Words("没有 `cite`，光凭这几个字认不出来", "without a `cite`, so few characters are no sign")
            help = Words(f"写到 {SHORTEST} 个字以上，或加上 `cite`", f"write at least {SHORTEST}, or add a `cite`")
            found.append(Diagnostic("values", word.at, says, help))


def bind_year(year: syntax.Whole, file: syntax.Year, found: list[Diagnostic]) -> model.Year:
    """A schedule's days are those that its notice settles; a make-up workday is a weekend day that is not also off."""
    if f"{year}-01-01" not in file.holidays:
        found.append(
            Diagnostic(
                "calendar",
                year.at,
                Words(f"{year} 年的假日里没有元旦", f"the holidays of {year} lack 1 January"),
                Words(f"照放假通知补上 `{year}-01-01`", f"add `{year}-01-01` as the notice has it"),
            )
        )
    for day in (*file.holidays, *file.workdays):
        if schedule_year(date.fromisoformat(day)) != int(year):
            found.append(
                Diagnostic(
                    "calendar",
                    day.at,
                    Words(f"{day} 不归 {year} 年的放假通知管", f"{day} is not settled by the notice for {year}"),
                    Words("移到它所属的年份下", "move it to the year it belongs to"),
                )
            )
    for day in file.workdays:
        if date.fromisoformat(day).weekday() < 5 or day in file.holidays:
            found.append(
                Diagnostic(
                    "calendar",
                    day.at,
                    Words(f"{day} 不会是调休上班日", f"{day} cannot be a make-up workday"),
                    Words("调休上班日是不放假的周六、周日", "a make-up workday is a weekend day that is not off"),
                )
            )
    return model.Year({str(day): day.at for day in file.holidays}, {str(day): day.at for day in file.workdays}, year.at)
