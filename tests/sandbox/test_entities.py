"""Text becomes plain text and entities, counted in UTF-16 units."""

from typing import Any

import pytest

from tests.sandbox.wire import BOT, WANG, Wire

HTML: list[tuple[str, str, list[tuple[str, int, int]]]] = [
    ("<b>好</b>", "好", [("bold", 0, 1)]),
    ("😀<i>a</i>", "😀a", [("italic", 2, 1)]),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("a &lt;b&gt; &amp; &#39;&quot; &nbsp;", "a <b> & '\" &nbsp;", []),
    ('<a href="https://a.cn/?x=1&amp;y=2">看</a>', "看", [("text_link", 0, 1)]),
    ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ("<tg-spoiler>x</tg-spoiler><span class='tg-spoiler'>y</span>", "xy", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
    ("  <b> a </b>\n", "a", [("bold", 0, 1)]),
    ("<code>/start</code> /go", "/start /go", [("code", 0, 6), ("bot_command", 7, 3)]),
    ("<B>x</B><s>y</s>", "xy", [("bold", 0, 1), ("strikethrough", 1, 1)]),
]
MARKDOWN: list[tuple[str, str, list[tuple[str, int, int]]]] = [
    ("*a* _b_ __c__ ~d~ ||e||", "a b c d e", [
        ("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1), ("spoiler", 8, 1),
    ]),
    ("1\\. \\*x\\*", "1. *x*", []),
    ("[看](https://a.cn)", "看", [("text_link", 0, 1)]),
    ("`a*b`", "a*b", [("code", 0, 3)]),
    ("```py\nx```", "x", [("pre", 0, 1)]),
    (">甲\n>乙\n丙", "甲\n乙\n丙", [("blockquote", 0, 3)]),
]  # fmt: skip
FOUND: list[tuple[str, list[tuple[str, int, int]]]] = [
    ("/start@yashu_bot 你好", [("bot_command", 0, 16)]),
    ("见 https://a.cn/x?y=1，谢谢", [("url", 2, 18)]),
    ("@yashu_bot #路灯 a@b.cn", [("mention", 0, 10), ("hashtag", 11, 3), ("email", 15, 6)]),
    ("1/2 和 a.b.c 没有", []),
    ("看 gov.cn/fuwu 吧", [("url", 2, 11)]),
]


def kinds(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(each["type"], each["offset"], each["length"]) for each in entities]


@pytest.mark.parametrize(("mode", "cases"), [("HTML", HTML), ("MarkdownV2", MARKDOWN)])
async def test_markup_becomes_entities(wire: Wire, mode: str, cases: list[tuple[str, str, list[Any]]]) -> None:
    for source, text, entities in cases:
        sent = await wire.call("sendMessage", chat_id=WANG, text=source, parse_mode=mode)
        assert (sent["text"], kinds(sent.get("entities", []))) == (text, entities), source


async def test_a_link_keeps_its_address_and_a_code_block_its_language(wire: Wire) -> None:
    source = '<a href="https://a.cn/?x=1&amp;y=2">看</a><pre><code class="language-py">x</code></pre>'
    link, code = (await wire.call("sendMessage", chat_id=WANG, text=source, parse_mode="HTML"))["entities"]
    assert (link["url"], code["language"]) == ("https://a.cn/?x=1&y=2", "py")


async def test_commands_mentions_and_links_are_found_in_what_people_write(wire: Wire) -> None:
    for text, entities in FOUND:
        sent = await wire.send(WANG, BOT, text=text)
        assert kinds(sent.get("entities", [])) == entities, text


async def test_given_entities_are_kept_and_follow_the_trimmed_text(wire: Wire) -> None:
    given = [{"type": "bold", "offset": 2, "length": 1}]
    sent = await wire.call("sendMessage", chat_id=WANG, text="  好 ", entities=given)
    assert (sent["text"], kinds(sent["entities"])) == ("好", [("bold", 0, 1)])


async def test_a_caption_is_counted_after_its_markup_is_read(wire: Wire) -> None:
    photo = (await wire.send(WANG, BOT, photo=True))["photo"][-1]["file_id"]
    sent = await wire.call(
        "sendPhoto", chat_id=WANG, photo=photo, caption="<b>" + "字" * 1024 + "</b>", parse_mode="HTML"
    )
    assert kinds(sent["caption_entities"]) == [("bold", 0, 1024)]
    answer = await wire.refused("sendPhoto", chat_id=WANG, photo=photo, caption="字" * 1025)
    assert answer == "400 Bad Request: message caption is too long"
