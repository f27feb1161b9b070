"""The whole story on the sandbox page in a real browser: a lamp reported, dealt with, checked, and rated by taps."""

import shutil
from collections.abc import AsyncIterator, Sequence

import pytest

from tests.stories.steps import NUMBER
from tests.town import Town

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.demo_town import BOT_ID

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

WANG, LI, QIAN = 1001, 2001, 2006
COMMUNITY = -5002
DESKTOP = {"width": 1440, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
TAPS = ("一盏",)
CUT_OFF = """() => [...document.querySelectorAll('button, .bubble')]
    .filter((node) => node.offsetParent && node.scrollWidth > node.clientWidth + 1)
    .map((node) => node.innerText).filter(Boolean)"""
"""Buttons and bubbles whose words do not fit into them."""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        flags = ["--no-sandbox", "--headless", "--disable-gpu"]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        await browser.close()


async def opened(browser: Browser, town: Town, size: dict[str, int], *people: int) -> Page:
    """The page of the town with these people's phones side by side."""
    page = await browser.new_page(viewport={"width": size["width"], "height": size["height"]})
    page.set_default_timeout(10_000)
    await page.goto(f"{town.sandbox.address}/?people={','.join(map(str, people))}")
    return page


async def phone(page: Page, person: int, chat: int = BOT_ID) -> Locator:
    """Somebody's phone with a chat open."""
    found = page.locator(f'[data-person="{person}"]')
    await found.locator(f'[data-chat="{chat}"]').click()
    return found


async def acts(phone: Locator, names: Sequence[str]) -> None:
    for name in names:
        await phone.locator(f'[data-act="{name}"]').click()


async def taps(phone: Locator, words: str) -> None:
    """Press the newest button with these words, as soon as it is there."""
    await phone.locator(f'[data-button*="{words}"]').last.click()


async def sends_photo(phone: Locator, sample: str, caption: str) -> None:
    await acts(phone, ("attach", "photo"))
    await phone.locator(f'[data-sample="{sample}"]').click()
    await phone.locator("[data-caption]").fill(caption)
    await acts(phone, ("send-photos",))


async def says(phone: Locator, words: str) -> None:
    """Wait until the newest message with these words can be read."""
    await expect(phone.locator(".bubble", has_text=words).last).to_be_visible()


async def fits(page: Page) -> None:
    """Nothing is wider than the screen, no word is cut off."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(CUT_OFF) == []


async def reports(page: Page, wang: Locator) -> str:
    """From the first photo to the number."""
    await acts(wang, ("start",))
    await sends_photo(wang, "lamp", "楼下路灯不亮，晚上黑漆漆的")
    await taps(wang, "小区路灯不亮")
    await acts(wang, ("attach", "location", "location-own"))
    for words in TAPS:
        await taps(wang, words)
    await says(wang, "新港小区3栋")
    await fits(page)
    await taps(wang, "✅ 提交")
    await says(wang, "已提交")
    number = NUMBER.search(await wang.locator(".bubble", has_text="已提交").inner_text())
    assert number
    return number.group()


async def deals(li: Locator, town: Town, number: str) -> None:
    """Sign, and report the work done with words and a picture."""
    await taps(li, "签收")
    await expect(li.locator("[data-toast]")).to_contain_text("签收成功")
    await taps(li, "办结")
    asked = li.locator(".row", has_text="回复这条消息").last
    await asked.hover()
    await asked.locator('[data-act="reply"]').click()
    await sends_photo(li, "lamp-lit", "9点到场，与上报人电话沟通，换了新灯泡，当天办完。")
    await says(li, f"{number} 已报办结")
    await town.fetches()


async def rates(wang: Locator) -> None:
    for words in ("及时", "解决了", "5"):
        await taps(wang, words)
    await says(wang, "谢谢您")


async def test_a_lamp_is_reported_repaired_checked_and_rated_on_the_page(browser: Browser, town: Town) -> None:
    page = await opened(browser, town, DESKTOP, WANG, LI, QIAN)
    wang = await phone(page, WANG)
    number = await reports(page, wang)
    await town.fetches()
    li = await phone(page, LI, COMMUNITY)
    await deals(li, town, number)
    qian = await phone(page, QIAN)
    await taps(qian, "核查通过")
    await says(qian, "已核查通过")
    before = await page.locator("[data-now]").inner_text()
    await acts(page.locator("body"), ("clock-day",))
    await expect(page.locator("[data-now]")).not_to_have_text(before)
    await says(wang, "处理前后对比")
    await rates(wang)
    await expect(wang.locator(".bubble", has_text=f"{number} 小区路灯不亮").first).to_contain_text("已结案")
    await fits(page)


async def test_on_a_telephone_in_large_letters_every_word_of_a_report_can_be_read(browser: Browser, town: Town) -> None:
    page = await opened(browser, town, TELEPHONE, WANG)
    await page.locator('[data-act="large"]').click()
    wang = await phone(page, WANG)
    number = await reports(page, wang)
    await taps(wang, "我的上报")
    await taps(wang, number)
    await says(wang, "您上报了这件事")
    await fits(page)
