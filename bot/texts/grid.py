"""What is read of /grid: the places of the grid, their cards, and what is asked before one is changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.language import Phrases

LEVELS: Mapping[int, str] = {1: "区", 2: "镇街", 3: "村社区", 4: "小组（片区）", 5: "楼栋（住户小组）"}
FIELDS: Mapping[str, str] = {
    "name": "名称",
    "aliases": "别名",
    "addresses": "地址",
    "households": "户数",
    "party_group": "党小组",
}
SHOWN = 12


class GridTexts:
    """Sentences of /grid."""

    _say: Phrases

    def place_level(self, depth: int) -> str:
        """Which of the five levels."""
        return self._say(LEVELS[depth])

    def grid_find(self) -> str:
        """/grid without words."""
        return self._say("要看哪个网格？在下面点，或者发 /grid 加上编码、名称，比如 /grid 新茂")

    def grid_found(self, count: int, more: bool) -> str:
        """Above the hits."""
        if not count:
            return self._say("没有找到这个网格。换个说法，或者从上往下点：")
        return self._say("找到很多，只列出一部分，请写得更细些：") if more else self._say("是哪一个？")

    def grid_list(self, name: str, count: int) -> str:
        """Above the places below one."""
        return self._say("<b>{name}</b>下面有 {count} 个网格：", name=name, count=count)

    def place_head(self, name: str, depth: int, code: str, path: str) -> str:
        """The top of a card."""
        return self._say(
            "🗺 <b>{name}</b>　{level}\n编码：{code}\n位置：{path}",
            name=name,
            level=self.place_level(depth),
            code=code,
            path=path,
        )

    def place_gone(self, at: datetime | None, names: Sequence[str]) -> str:
        """A place that is no more, and what it has become."""
        places = self._say("、").join(names)
        if at is None:
            return self._say("⛔️ 已停用，现在是：{places}", places=places)
        return self._say("⛔️ {at} 停用，现在是：{places}", at=at, places=places)

    def place_names(self, field: str, values: Sequence[str]) -> str:
        """Aliases or addresses."""
        shown = self._say("、").join(values[:SHOWN])
        more = self._say(" 等 {count} 个", count=len(values)) if len(values) > SHOWN else ""
        return self._say(
            "{field}：{raw_values}", field=self.field(field), raw_values=self._say("{all}", all=shown) + more
        )

    def place_households(self, count: int, warning: int) -> str:
        """How many live there; `warning` is the limit that is passed (0: none)."""
        said = self._say("户数：{count}", count=count)
        if not warning:
            return said
        return self._say("{raw_said}　⚠️ 超过 {limit} 户，一个人管不过来，建议拆分", raw_said=said, limit=warning)

    def place_party(self, name: str) -> str:
        """The group of the party."""
        return self._say("党小组：{name}", name=name)

    def place_people(self, lines: Sequence[str]) -> str:
        """Who is for it; each line as it is said."""
        if not lines:
            return self._say("负责人：还没有登记")
        shown = self._say("、").join(lines[:SHOWN])
        more = self._say(" 等 {count} 人", count=len(lines)) if len(lines) > SHOWN else ""
        return self._say("负责人：{people}", people=shown + more)

    def place_whistleblowers(self, count: int) -> str:
        """How many of them there are."""
        return self._say("人民吹哨员：{count} 人", count=count)

    def place_person(self, name: str, role: str) -> str:
        """One of them (plain, to be used as a fact)."""
        return f"{name} · {role}"

    def place_counts(self, cases: int, below: int) -> str:
        """What hangs on it."""
        return self._say("未办结：{cases} 件　下面的网格：{below} 个", cases=cases, below=below)

    def place_valid_from(self, at: datetime) -> str:
        """Since when."""
        return self._say("启用：{at}", at=at)

    def place_code(self, name: str, link: str) -> str:
        """Under the picture of its link."""
        return self._say("<b>{name}</b>\n扫码上报就带上了这个地点，可以贴出来：\n{link}", name=name, link=link)

    def place_code_comes(self) -> str:
        """A short answer to the press."""
        return self._say("二维码马上发来")

    def map_words(self, name: str, cases: int) -> str:
        """Under the picture of a place."""
        return self._say("🗺 <b>{name}</b>　图上有 {cases} 件未办结事项", name=name, cases=cases)

    def map_legend(self) -> list[tuple[str, str]]:
        """What the dots on it mean (plain)."""
        return [("red", self._say("红色事项")), ("yellow", self._say("黄色事项")), ("none", self._say("其他事项"))]

    def map_foot(self, cases: int, below: int, households: int | None) -> list[str]:
        """The lines below it (plain)."""
        counts = self._say("未办结且有位置 {cases} 件，下级网格 {below} 个", cases=cases, below=below)
        return [counts, *([self._say("户数：{count}", count=households)] if households is not None else [])]

    def map_comes(self) -> str:
        """A short answer to the press."""
        return self._say("正在画图，马上发来")

    def field(self, field: str) -> str:
        """The name of a field."""
        return self._say(FIELDS[field])

    def ask_field(self, field: str, name: str) -> str:
        """Asks for the new words of a field."""
        if field == "name":
            return self._say("请发“{name}”的新名称。/cancel 不改了。", name=name)
        if field == "households":
            return self._say("请发“{name}”的户数。发“无”清空，/cancel 不改了。", name=name)
        return self._say(
            "请发“{name}”的{field}，多个用顿号隔开。发“无”清空，/cancel 不改了。", name=name, field=self.field(field)
        )

    def place_corrected(self) -> str:
        """After a correction."""
        return self._say("改好了。")

    def button_below(self) -> str:
        """Button."""
        return self._say("⬇️ 下面的网格")

    def button_above(self) -> str:
        """Button."""
        return self._say("⬆️ 上一级")

    def button_history(self) -> str:
        """Button."""
        return self._say("🕘 沿革")

    def button_code(self) -> str:
        """Button."""
        return self._say("🔗 二维码")

    def button_picture(self) -> str:
        """Button."""
        return self._say("🗺 看图")

    def button_field(self, field: str) -> str:
        """A field that can be corrected, as its button says it."""
        return self._say("✏️ {field}", field=self.field(field))

    def button_redraw(self, kind: str) -> str:
        """Button."""
        return {"split": self._say("✂️ 拆分"), "merge": self._say("🔗 合并"), "move": self._say("↪️ 换上级")}[kind]

    def button_place(self) -> str:
        """Button: back to the card."""
        return self._say("⬅️ 回到网格")

    def no_history(self, name: str) -> str:
        """Nothing ever happened to it."""
        return self._say("<b>{name}</b> 没有调整过。", name=name)

    def history_of(self, name: str) -> str:
        """Above what happened to it."""
        return self._say("<b>{name}</b> 的沿革：", name=name)

    def choose_siblings(self, name: str) -> str:
        """Merging: which others?"""
        return self._say("把“{name}”和哪些网格合并？点选，再点“选好了”。", name=name)

    def choose_part(self, name: str) -> str:
        """Splitting: which of those below go to the first part?"""
        return self._say("“{name}”分成两块：点选归第一块的下级，其余归第二块，再点“选好了”。", name=name)

    def button_chosen(self) -> str:
        """Button."""
        return self._say("✅ 选好了")

    def choose_some(self) -> str:
        """An alert: nothing, or everything, was chosen."""
        return self._say("请至少选一个，拆分时也要留下一个。")

    def ask_new(self, count: int) -> str:
        """Asks for codes and names of the new places."""
        if count == 1:
            return self._say("请发新网格的编码和名称，用空格隔开，比如：\nDX0103 新茂联合社区")
        return self._say(
            "请发两行，每行一个新网格的编码和名称，第一行是选中的那块，比如：\nDX010103 东区\nDX010104 西区"
        )

    def new_unclear(self, count: int) -> str:
        """The words were no codes and names."""
        return self._say("没看懂。要 {count} 行，每行是“编码 名称”，用空格隔开。", count=count)

    def ask_under(self, name: str) -> str:
        """Moving: below which place?"""
        return self._say("“{name}”移到哪个网格下面？请发它的编码或名称。", name=name)

    def under_unknown(self, depth: int) -> str:
        """No such place of the right level."""
        return self._say("没有找到这样的{level}。请发编码，或者名称里的字。", level=self.place_level(depth))

    def which_under(self) -> str:
        """Several fit."""
        return self._say("移到哪一个下面？")

    def ask_why(self) -> str:
        """Asks for the reason of a re-drawing."""
        return self._say("请写一句调整的原因，会记入沿革。")

    def confirm_redrawing(self) -> str:
        """Under the preview."""
        return self._say("确认后立即生效，以后可以撤销。")

    def button_confirm(self) -> str:
        """Button."""
        return self._say("✅ 确认调整")

    def button_give_up(self) -> str:
        """Button."""
        return self._say("不调整了")

    def given_up(self) -> str:
        """Nothing was changed."""
        return self._say("没有调整。")

    def button_undo(self) -> str:
        """Button."""
        return self._say("↩️ 撤销这次调整")
