"""The chat page of the sandbox in a real browser: several people played side by side, with a small raw bot behind."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.sandbox.wire import BOT, GROUP, LI, WANG, Wire

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

DESKTOP = {"width": 1440, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
ASK_PLACE = {"keyboard": [[{"text": "发送位置", "request_location": True}]], "resize_keyboard": True}
SIGN = {"inline_keyboard": [[{"text": "签收", "callback_data": "sign"}, {"text": "提醒", "callback_data": "warn"}]]}


class Clerk:
    """A bot in a few lines: greets, hands a photo on to the group, lets the card be signed there."""

    def __init__(self, wire: Wire) -> None:
        self.call = wire.call
        self.updates = wire.updates

    async def serve(self) -> None:
        while True:
            for update in await self.updates(timeout=20):
                if query := update.get("callback_query"):
                    await self.pressed(query)
                elif message := update.get("message"):
                    await self.told(message)

    async def told(self, message: dict[str, Any]) -> None:
        if message["chat"]["type"] != "private":
            return
        person = message["chat"]["id"]
        if photo := message.get("photo"):
            card = {"caption": message.get("caption", ""), "reply_markup": SIGN}
            await self.call("sendPhoto", chat_id=GROUP, photo=photo[-1]["file_id"], **card)
        answer = "位置收到" if "location" in message else f"您说：{message.get('text', '照片')}"
        await self.call("sendMessage", chat_id=person, text=answer, reply_markup=ASK_PLACE)

    async def pressed(self, query: dict[str, Any]) -> None:
        card = query["message"]
        if query["data"] == "sign":
            place = {"chat_id": card["chat"]["id"], "message_id": card["message_id"]}
            await self.call("editMessageCaption", **place, caption="已由李师傅签收")
        warns = query["data"] == "warn"
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text="好的", show_alert=warns)


@pytest.fixture
async def town(wire: Wire) -> AsyncIterator[str]:
    """The address of the town, with the clerk at work."""
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(Clerk(wire).serve())
        yield wire.sandbox.address
        serving.cancel()


@asynccontextmanager
async def opened(browser: Browser, address: str, size: dict[str, int]) -> AsyncGenerator[Page]:
    """The page at a size; an error in its scripts, or a request to the outside, fails the test."""
    wrong: list[str] = []
    page = await browser.new_page(viewport={"width": size["width"], "height": size["height"]})
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((address, "blob:")) else wrong.append(sent.url))
    await page.goto(address)
    yield page
    await page.close()
    assert wrong == []


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        flags = ["--no-sandbox", "--headless", "--disable-gpu"]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        await browser.close()


async def phone_of(page: Page, person: int, chat: int) -> Locator:
    phone = page.locator(f'[data-person="{person}"]')
    await phone.locator(f'[data-chat="{chat}"]').click()
    return phone


async def does(phone: Locator, *acts: str) -> None:
    for act in acts:
        await phone.locator(f'[data-act="{act}"]').click()


async def test_a_photo_of_a_resident_is_signed_by_a_responder_next_to_her(browser: Browser, town: str) -> None:
    async with opened(browser, town, DESKTOP) as page:
        wang = await phone_of(page, WANG, BOT)
        li = page.locator(f'[data-person="{LI}"]')
        await wang.locator("[data-input]").fill("您好")
        await does(wang, "send")
        await expect(wang.locator(".bubble").last).to_contain_text("您说：您好")

        await wang.locator('[data-button="发送位置"]').click()
        await expect(wang.locator(".place svg")).to_be_visible()
        await expect(wang.locator(".bubble").last).to_contain_text("位置收到")

        await does(wang, "attach", "photo")
        await wang.locator('[data-sample="lamp"]').click()
        await wang.locator("[data-caption]").fill("路灯不亮")
        await does(wang, "send-photos")
        await expect(li.locator(f'[data-chat="{GROUP}"] .unread')).to_be_visible()
        await phone_of(page, LI, GROUP)
        await expect(li.locator(".row").last).to_contain_text("路灯不亮")
        await li.locator('[data-button="提醒"]').click()
        await expect(li.locator("[data-alert]")).to_contain_text("好的")
        await does(li, "alert-ok")
        await li.locator('[data-button="签收"]').click()
        await expect(li.locator("[data-toast]")).to_have_text("好的")
        await expect(li.locator(".row").last).to_contain_text("已由李师傅签收")
        await expect(li.locator(".edited")).to_be_visible()


async def test_what_people_write_is_text_and_never_markup(browser: Browser, town: str) -> None:
    hostile = "<img src=x onerror=alert(1)> **粗** <b>b</b>"
    async with opened(browser, town, DESKTOP) as page:
        wang = await phone_of(page, WANG, BOT)
        await wang.locator("[data-input]").fill(hostile)
        await does(wang, "send")
        await expect(wang.locator(".row.mine .words").last).to_have_text(hostile)
        await expect(wang.locator(".words img, .words b")).to_have_count(0)


async def test_an_own_message_can_be_corrected_and_answered(browser: Browser, town: str) -> None:
    async with opened(browser, town, DESKTOP) as page:
        wang = await phone_of(page, WANG, BOT)
        await wang.locator("[data-input]").fill("三洞")
        await wang.locator("[data-input]").press("Enter")
        row = wang.locator(".row.mine").nth(1)
        await row.hover()
        await row.locator('[data-act="edit"]').click()
        await wang.locator("[data-input]").fill("三栋")
        await does(wang, "send")
        await expect(row).to_contain_text("三栋")
        await expect(row.locator(".edited")).to_be_visible()
        await row.locator('[data-act="reply"]').click()
        await wang.locator("[data-input]").fill("就是这里")
        await does(wang, "send")
        await expect(wang.locator(".row.mine").last.locator(".quote")).to_contain_text("三栋")


async def test_a_telephone_shows_one_person_at_a_time_and_the_clock_can_be_moved(
    browser: Browser, town: str, wire: Wire
) -> None:
    async with opened(browser, town, TELEPHONE) as page:
        await expect(page.locator("[data-person]")).to_have_count(1)
        await page.locator(f'[data-switch="{LI}"]').click()
        await expect(page.locator("[data-person]")).to_have_attribute("data-person", str(LI))
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        before = await page.locator("[data-now]").inner_text()
        await page.locator('[data-act="clock-hour"]').click()
        await expect(page.locator("[data-now]")).not_to_have_text(before)
        assert (await wire.get("clock"))["offset"] == 3600


async def test_an_open_group_that_becomes_a_supergroup_is_followed(browser: Browser, town: str, wire: Wire) -> None:
    async with opened(browser, town, DESKTOP) as page:
        li = await phone_of(page, LI, GROUP)
        moved = (await wire.post(f"groups/{GROUP}/migrate"))["migrate_to_chat_id"]
        await expect(li.locator(f'[data-chat="{GROUP}"]')).to_have_count(0)
        await li.locator("[data-input]:visible").fill("还在这里")
        await li.locator('[data-act="send"]:visible').click()
        await expect(li.locator(".row.mine:visible")).to_contain_text("还在这里")
        assert (await wire.get(f"people/{LI}/chats/{moved}/messages"))["messages"][-1]["text"] == "还在这里"


async def test_a_chat_that_is_not_open_counts_what_waits_in_it(browser: Browser, town: str, wire: Wire) -> None:
    async with opened(browser, town, DESKTOP) as page:
        li = page.locator(f'[data-person="{LI}"]')
        await phone_of(page, LI, GROUP)
        await expect(page.locator(f'[data-switch="{LI}"] .unread')).to_be_hidden()
        await does(li, "back")
        for text in ("一", "二"):
            await wire.send(WANG, GROUP, text=text)
        await expect(li.locator("[data-unread]")).to_have_text("2")
        await expect(page.locator(f'[data-switch="{LI}"] .unread')).to_have_text("2")
        await phone_of(page, LI, GROUP)
        await expect(li.locator("[data-unread]")).to_have_count(0)


async def test_a_map_of_the_towns_own_is_seen_from_near_and_far(browser: Browser, town: str, wire: Wire) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M1 1h7v7H1z'/></svg>"
    names = [[32.2, 119.6, "丁岗镇", 0], [32.194, 119.602, "新茂社区", 1], [32.186, 119.6, "新港小区", 2]]
    await wire.post("map", west=119.4, east=119.8, south=32.05, north=32.33, picture=picture, names=names)
    async with opened(browser, town, DESKTOP) as page:
        phone = await phone_of(page, WANG, BOT)
        await does(phone, "attach", "location")
        named = phone.locator(".map.choose text")
        await does(phone, "map-farther")
        await expect(named).to_have_text(["丁岗镇"])
        await does(phone, "map-closer", "map-closer", "map-closer")
        await expect(named).to_have_text(["新茂社区", "新港小区"])
        picked = phone.locator(".map-choice .coordinates")
        await expect(picked).to_have_text("32.19000, 119.60000")
        await phone.locator(".map.choose").click(position={"x": 200, "y": 10})
        await expect(picked).not_to_have_text("32.19000, 119.60000")
        await does(phone, "location-send")
        await expect(phone.locator(".bubble", has_text="位置收到")).to_be_visible()
