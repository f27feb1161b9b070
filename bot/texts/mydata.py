"""下载我的上报: what is said around the file, and the words in it (plain text: its page makes the marks)."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.language import ZONE, Phrases


class MyDataTexts:
    """Sentences of the file with everything that somebody reported."""

    _say: Phrases

    def my_data(self) -> str:
        """Button under the list."""
        return self._say("📦 下载我的上报")

    def my_data_coming(self) -> str:
        """It is being made."""
        return self._say("好的，正在整理，做好了就发给您。只有您能看到。")

    def my_data_soon(self, at: datetime) -> str:
        """Asked for again within the hour."""
        return self._say("刚给您做过一份，就在上面。{at} 以后可以再要。", at=at)

    def my_data_words(self, part: int) -> str:
        """Under the file."""
        if part > 1:
            return self._say("📦 接上一份，第 {part} 份。点开就能看。", part=part)
        return self._say("📦 您报过的事都在这里，点开就能看。里面有您的话和照片，别随便转给别人。")

    def my_data_failed(self) -> str:
        """It could not be made."""
        return self._say("这次没做成，请过一个小时再点一次「下载我的上报」。")

    def my_data_name(self, part: int) -> str:
        """The name of the file, without its ending."""
        return self._say("我的上报") if part == 1 else self._say("我的上报-{part}", part=part)

    def my_data_title(self) -> str:
        """The heading of the page."""
        return self._say("我的上报")

    def my_data_intro(self, at: datetime, part: int) -> list[str]:
        """Above the reports."""
        made = self._say("{raw_when} 整理，最新的在前。", raw_when=self._full(at))
        return [made, *([self._say("第 {part} 份", part=part)] if part > 1 else [])]

    def my_data_besides(self, places: Sequence[str], *, large: bool) -> list[str]:
        """What is kept besides the reports, above them."""
        kept = [self._say("您选了大字版。")] if large else []
        if places:
            kept.append(self._say("您关注着：{raw_places}。", raw_places="、".join(places)))
        return kept

    def my_data_when(self, at: datetime) -> str:
        """When it was reported."""
        return self._say("上报时间：{raw_when}", raw_when=self._full(at))

    def my_data_status(self, status: str) -> str:
        """Where it stands."""
        return self._say("进展：{raw_status}", raw_status=status)

    def my_data_said(self, words: str) -> str:
        """The own words, all of them."""
        return self._say("您说的：{words}", words=words)

    def my_data_place(self, place: str) -> str:
        """Where."""
        return self._say("地点：{place}", place=place)

    def my_data_joined(self) -> str:
        """A case that somebody else reported."""
        return self._say("别人先报的，您点了“我也遇到”。")

    def my_data_timeline(self) -> str:
        """Above what happened."""
        return self._say("经过：")

    def my_data_rated(self, words: str) -> str:
        """How satisfied the reporter was."""
        return self._say("您的评价：{raw_words}", raw_words=words)

    def my_data_other_files(self, count: int) -> str:
        """Voices, films and other files."""
        return self._say("还有语音、视频等 {count} 份，在您和我的聊天里。", count=count)

    def _full(self, at: datetime) -> str:
        local = at.astimezone(ZONE)
        return f"{local:%Y-%m-%d %H:%M}"
