"""The library → what a case needs of it: `case.json`, all its texts plain."""

from minglu.engine.case import CaseLibrary, Clock, Kept, Rung
from minglu.engine.contract import CompiledReach
from minglu.resolve.model import Channel, Evidence
from minglu.write.html import plain_text
from minglu.write.links import Pen

CASE = "case.json"
"""Its name until it is shipped. A script asks for it, once a reader keeps a case."""


def case_library(pen: Pen) -> CaseLibrary:
    """Channels and evidence in the order of their files."""
    library = pen.site.library
    return CaseLibrary(
        tuple(rung(one, pen) for one in library.channels.values()),
        tuple(kept(one, pen) for one in library.evidence.values()),
        events(pen),
    )


def rung(channel: Channel, pen: Pen) -> Rung:
    return Rung(
        channel.id,
        plain_text(pen.bare(channel.title)),
        plain_text(pen.bare(channel.short)),
        tuple(CompiledReach(one.kind, one.value, one.says) for one in channel.reach),
        tuple(
            Clock(
                one.id,
                one.on,
                one.kind,
                plain_text(pen.bare(one.label)),
                one.within,
                plain_text(pen.text(one.says)),
                tuple(pen.article_name(cite) for cite in one.cites),
                one.basis,
            )
            for one in channel.clocks
        ),
        channel.log,
    )


def kept(evidence: Evidence, pen: Pen) -> Kept:
    """`how` may have several paragraphs, on a line each."""
    return Kept(
        evidence.id,
        plain_text(pen.bare(evidence.title)),
        plain_text(pen.bare(evidence.proves)),
        plain_text(pen.text(evidence.how)),
    )


def events(pen: Pen) -> dict[str, str]:
    """What happened on the day that a date question asks for: by a shared question's id, by `tree/question` where it is
    a tree's own.
    """
    tellings = pen.site.compiled.project.tellings
    return {f"{one.tree}/{one.question}" if one.tree else one.question: one.says for one in tellings if not one.answer}
