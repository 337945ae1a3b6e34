"""Chat templates written out in this very process, for tests that know theirs to end."""

from collections.abc import Mapping, Sequence

from desktop_rag.domain.generation import Message
from desktop_rag.engines.gguf import template_program
from desktop_rag.engines.gguf.template_process import ChatTemplate, WrittenChat, request, written


def write(
    template: ChatTemplate, messages: Sequence[Message], switches: Mapping[str, object]
) -> WrittenChat:
    """Write messages as the process would."""
    return written(template_program.reply(request(template, messages, switches)))
