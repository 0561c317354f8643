"""Which replies are ticked: what the other side said to this reader, and so what stands in their letters."""

from collections.abc import Collection

from .contract import CompiledReply
from .walk import Walk


def is_ticked(reply: CompiledReply, here: Walk, ticked_ids: Collection[str] | None) -> bool:
    """`ticked_ids` are those that the reader ticked, None where they have not touched any: then a reply stands as their
    answers leave it.
    """
    if ticked_ids is None:
        return comes_ticked(reply, here)
    return reply.id in ticked_ids


def comes_ticked(reply: CompiledReply, here: Walk) -> bool:
    """Without a word of the reader's, nothing is ticked."""
    return False
