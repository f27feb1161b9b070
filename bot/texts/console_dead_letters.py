"""What the person at the console reads of `yashu dead-letters`."""

from datetime import datetime

from bot.texts.console import Console
from bot.texts.language import ZONE


class DeadLetterTexts(Console):
    """`yashu dead-letters`."""

    def none(self) -> str:
        return self._in("没有死信。", "There are no dead letters.")

    def update(self, row: int, at: datetime, trouble: str) -> str:
        when = f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"
        return self._in(f"收到的 {row}  {when}  {trouble}", f"update {row}  {when}  {trouble}")

    def message(self, row: int, at: datetime, kind: str, trouble: str) -> str:
        when = f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"
        return self._in(f"要发的 {row}  {when}  {kind}  {trouble}", f"message {row}  {when}  {kind}  {trouble}")

    def what_to_do(self) -> str:
        return self._in(
            "原因排除以后（比如升级了）：--again 全部再试一次；确实没用了：--forget 全部清掉，内容不再保留。",
            "When the cause is gone (an update, say): --again tries them all once more; --forget wipes them for good.",
        )

    def again(self, arrived: int, owed: int) -> str:
        return self._in(
            f"收到的 {arrived} 条、要发的 {owed} 条会再试一次：要发的一分钟内，收到的在伢叔下次启动时。",
            f"{owed} messages are tried again within a minute, {arrived} updates at the next start.",
        )

    def sure(self, count: int) -> str:
        return self._in(f"{count} 条死信，清掉以后找不回来。清掉吗？", f"{count} dead letters will be gone. Wipe them?")

    def forgotten(self, count: int) -> str:
        return self._in(f"清掉了 {count} 条。", f"{count} wiped.")

    def one_way(self) -> str:
        return self._in("--again 和 --forget 只能选一个。", "Either --again or --forget, not both.")
