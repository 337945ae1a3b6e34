"""Chat templates: what is read from them, and what they are given."""

import pytest

from desktop_rag.domain.generation import Message
from desktop_rag.domain.models import Thinking
from desktop_rag.engines.gguf.chat_template import chat_of, opened, thinking_of
from tests.direct_templates import write

TALK = [
    Message("system", "RULES"),
    Message("user", "Q1"),
    Message("assistant", "A1"),
    Message("user", "Q2"),
]


def loop(before: str) -> str:
    return "{% for m in messages %}" + before + "{{ m.role }}: {{ m.content }}\n{% endfor %}"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (loop(""), "system: RULES\nuser: Q1\nassistant: A1\nuser: Q2\n"),
        (
            loop("{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}"),
            "user: RULES\n\nQ1\nassistant: A1\nuser: Q2\n",
        ),
        (
            loop("{% if m.role == 'system' %}{% continue %}{% endif %}"),
            "user: RULES\n\nQ1\nassistant: A1\nuser: Q2\n",
        ),
        ("{% generation %}" + loop("") + "{% endgeneration %}", None),
        ("{% if %}", None),
        ("hello", None),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", None),
        (None, None),
    ],
)
def test_a_template_is_used_if_it_works(template: str | None, text: str | None) -> None:
    chat = chat_of([template] if template else [], write, bos="<s>", eos="</s>")
    if text is not None:
        assert chat.render(TALK) == text
    elif template and "generation" in template:
        assert chat.render(TALK).startswith("system: RULES")
    else:
        assert chat.render(TALK).startswith("<|im_start|>system\nRULES<|im_end|>\n")
        assert chat.stops


def test_a_model_that_knows_no_chat_is_told_plain_text() -> None:
    chat = chat_of([], write, bos="<s>", eos="</s>", chatml=False)
    assert chat.plain
    assert chat.render([Message("user", "Oil.\n\nQuestion: Why?\nAnswer:")]).endswith("\nAnswer:")
    assert chat.render(TALK) == "\n\n".join(one.content for one in TALK)
    assert chat.stops == ("\n\n",)


def test_roles_that_must_alternate_are_made_to() -> None:
    strict = loop(
        "{% if (m.role == 'user') != (loop.index0 % 2 == 1) and m.role != 'system' %}"
        "{{ raise_exception('alternate') }}{% endif %}"
    )
    chat = chat_of([strict], write, bos="", eos="")
    told = [TALK[0], Message("user", "Q1"), Message("user", "Q2")]
    assert chat.render(told) == "system: RULES\nuser: Q1\n\nQ2\n"


def test_the_first_template_that_works_is_used() -> None:
    assert (
        chat_of(["{% if %}", loop("- ")], write, bos="", eos="").render(TALK).startswith("- system")
    )


def test_what_stands_between_an_answer_and_a_question_ends_an_answer() -> None:
    pipes = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|done|>{% endfor %}"
    assert chat_of([pipes], write, bos="", eos="").stops == ("<|done|>", "<|user|>")
    assert chat_of([loop("### ")], write, bos="", eos="").stops == ("\n### user:",)
    assert chat_of([loop("<b>")], write, bos="", eos="").stops == ("\n<b>user:",)


def test_what_answers_are_full_of_ends_none() -> None:
    hashes = "{% for m in messages %}# {{ m.content }}\n{% endfor %}"
    assert chat_of([hashes], write, bos="", eos="").stops == ()


QWEN = (
    loop("")
    + "assistant:{% if enable_thinking is defined and enable_thinking is false %}"
    + "<think>\n\n</think>\n\n{% endif %}"
)
DEEPSEEK = (
    "{% if not thinking is defined %}{% set thinking = false %}{% endif %}"
    + loop("")
    + "assistant:{% if thinking %}<think>{% else %}</think>{% endif %}"
)
SEED = loop("") + "{% if thinking_budget == 0 %}<seed:think></seed:think>{% endif %}"
DEAF = (
    loop("")
    + "{% if thinking and messages[0].role != 'system' %}{{ messages[99].x }}<think>"
    + "</think>{% endif %}"
)


@pytest.mark.parametrize(
    ("template", "thinking"),
    [
        (QWEN, Thinking.CHOICE),
        (DEEPSEEK, Thinking.CHOICE),
        (SEED, Thinking.CHOICE),
        (loop("") + "assistant:<think>\n{# </think> #}", Thinking.ALWAYS),
        (loop("{{ m.content.split('[/THINK]')[-1] and '' }}"), Thinking.ALWAYS),
        (loop(""), Thinking.NEVER),
        (loop("") + "{{ 'x' if enable_thinking else 'x' }}", Thinking.NEVER),
        (DEAF, Thinking.NEVER),
        ("{% if %}", Thinking.NEVER),
        ("", Thinking.NEVER),
    ],
)
def test_templates_tell_whether_a_model_thinks(template: str, thinking: Thinking) -> None:
    assert thinking_of(template, write) is thinking


def test_the_switch_is_thrown_as_wanted() -> None:
    chat = chat_of([QWEN], write, bos="", eos="")
    assert chat.render(TALK, thinking=True).endswith("assistant:")
    assert chat.render(TALK, thinking=False).endswith("</think>\n\n")
    assert (chat.thinks(wanted=True), chat.thinks(wanted=False)) == (True, False)
    always = chat_of([loop("") + "<think>{# </think> #}"], write, bos="", eos="")
    assert always.thinks(wanted=False)


def test_a_prompt_can_end_within_thoughts() -> None:
    assert opened("<|assistant|><think>\n").closing == "</think>"
    assert opened("[THINK]").closing == "[/THINK]"
    assert opened("<think></think>\n") is None
    assert opened("Answer:") is None
