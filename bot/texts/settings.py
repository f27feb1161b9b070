"""What is read of settings: one's own, and those of the installation."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from bot.texts.language import Phrases

NAMES = {
    "language": "默认语言",
    "patrol_reminder_hour": "几点起提醒没记的巡查",
    "quiet_drafts_minutes": "没报完的，多久提醒",
    "nudges_per_group_hour": "一个工作群每小时最多几条提醒",
}
VALUES = {
    "language": "{value}",
    "patrol_reminder_hour": "{value} 点",
    "quiet_drafts_minutes": "{value} 分钟后",
    "nudges_per_group_hour": "{value} 条",
}
LANGUAGES = {"zh": "中文", "en": "English"}


class SettingsTexts:
    """Sentences of /settings."""

    _say: Phrases

    def my_settings(self, hour: int | None, *, large: bool) -> str:
        """One's own. `hour` None: they are not asked for patrols."""
        said = [
            self._say("⚙️ <b>您的设置</b>"),
            self._say("语言：{language}", language=self._say(LANGUAGES[self._say.language])),
        ]
        said += [self._say("大字版：开，一句一行，按钮又宽又大")] if large else []
        if hour is not None:
            said.append(self._say("巡查没记，{hour} 点起提醒", hour=hour))
        return "\n".join(said)

    def large_button(self, *, on: bool) -> str:
        """Button: switch the large style on, or off."""
        return self._say("👓 换成大字版") if on else self._say("👓 换回普通版")

    def offer_large(self) -> str:
        """字太小了."""
        return self._say("字小看不清？点一下，换个字样。")

    def my_hour_button(self) -> str:
        """Button."""
        return self._say("⏰ 提醒时间")

    def choose_my_hour(self) -> str:
        """Above the hours."""
        return self._say("巡查没记，从几点起提醒您？")

    def hour_button(self, hour: int, *, now: bool) -> str:
        """Button of an hour."""
        words = self._say("{hour} 点", hour=hour)
        return self._say("● {raw_words}", raw_words=words) if now else words

    def all_settings_button(self) -> str:
        """Button."""
        return self._say("🛠 系统设置")

    def my_settings_back(self) -> str:
        """Button."""
        return self._say("‹ 我的设置")

    def all_settings(
        self,
        lines: Sequence[str],
        quiet: tuple[time, time],
        work: Sequence[tuple[time, time]],
        pace: float,
        automatic: int,
        possible: int,
    ) -> str:
        """Those of the installation; what cannot be changed here is only told."""
        shifts = self._say("、").join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in work)
        told = [
            self._say("🛠 <b>系统设置</b>"),
            *lines,
            self._say(
                "自动派到村（社区）：{count} 种事项（可以选的 {possible} 种）", count=automatic, possible=possible
            ),
            self._say(
                "夜间静音：{begin} 到 {end}，红色件除外，群发通知等到天亮",
                begin=f"{quiet[0]:%H:%M}",
                end=f"{quiet[1]:%H:%M}",
            ),
            self._say("上班时间：{raw_shifts}", raw_shifts=shifts),
            self._say("发送速度：每秒 {pace} 条", pace=f"{pace:g}"),
            self._say("🔒 写在环境变量或 .env 里的，要改请找维护的人。"),
        ]
        return "\n".join(told)

    def setting_name(self, name: str) -> str:
        """Button of a setting."""
        return self._say(NAMES[name])

    def setting_value(self, name: str, value: Any) -> str:
        """Button of a value."""
        value = f"{value:g}" if isinstance(value, float) else value
        return self._say(VALUES[name], value=self._say(LANGUAGES[value]) if value in LANGUAGES else value)

    def setting_line(self, name: str, value: Any, by: str | None, at: datetime | None, *, fixed: bool) -> str:
        """One setting with its value and who changed it."""
        words = self._say(
            "{raw_name}：{raw_value}", raw_name=self.setting_name(name), raw_value=self.setting_value(name, value)
        )
        if fixed:
            return self._say("{raw_words} 🔒", raw_words=words)
        if at is None:
            return words
        return self._say("{raw_words}（{by} {at} 改）", raw_words=words, by=by or self._say("管理员"), at=at)

    def choose_setting(self, name: str) -> str:
        """Above the values of a setting."""
        return self._say("<b>{raw_name}</b>改成：", raw_name=self.setting_name(name))

    def value_button(self, name: str, value: Any, *, now: bool) -> str:
        """Button of a value."""
        words = self.setting_value(name, value)
        return self._say("● {raw_words}", raw_words=words) if now else words

    def settings_back(self) -> str:
        """Button."""
        return self._say("‹ 系统设置")

    def automatic_button(self) -> str:
        """Button."""
        return self._say("🚚 自动派单")

    def choose_automatic(self, *, some: bool) -> str:
        """Above the groups or matters that may go to their community by themselves."""
        if not some:
            return self._say("这一类没有可以自动派的：只有三级、不红不黄、不保密的才行。")
        return self._say("打勾的事项，网格清楚时不经研判，直接派到村（社区）。研判员看得到，可以改派：")
