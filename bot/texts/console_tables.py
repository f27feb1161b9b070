"""What every command that enters a table says."""

from bot.texts.console import Console

SHOWN = 50
"""So many mistakes are told one by one."""


class TableTexts(Console):
    """Sentences of `yashu grid`, `units` and `people` alike."""

    def mistakes(self, count: int) -> str:
        return self._in(
            f"共 {count} 处错误{self.first(count)}，什么也没有改。",
            f"{count} mistakes{self.first(count)}; nothing was changed.",
        )

    def first(self, count: int) -> str:
        """That not all of so many are listed."""
        return self._in(f"（只列出前 {SHOWN} 处）", f" (the first {SHOWN} are shown)") if count > SHOWN else ""

    def dry(self) -> str:
        return self._in("这是试运行。加 --apply 才会写入。", "This was a dry run; --apply writes it.")

    def entering(self) -> str:
        return self._in("写入", "Writing")
