"""What is read of re-drawing the grid: what would happen or did, why it cannot be done, what is to be decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.language import Phrases

SHOWN = 20
"""Names or numbers in one list."""

KINDS = {"split": "拆分", "merge": "合并", "move": "调整上级", "undo": "撤销"}
CANNOT: Mapping[str, str] = {
    "no_place": "没有编码为“{value}”的网格，或者它已经停用。",
    "whole_district": "全区（{value}）不能拆分、合并或移动。",
    "one_part": "拆分至少要分成两个网格。",
    "one_place": "合并至少要两个网格。",
    "not_side_by_side": "“{value}”和其他几个不在同一个上级下面，不能合并。可以先移动。",
    "default_unknown": "“{value}”不是新网格的编码，不能作为默认去向。",
    "wrong_level": "“{value}”的层级不对，上级只能是高一级的网格。",
    "there_already": "它已经在“{value}”下面了。",
    "no_redrawing": "没有编号为 {value} 的网格调整。",
    "undone_already": "这次调整已经由第 {value} 次调整撤销了。",
    "later_first": "第 {value} 次调整在它后面，动了同样的网格。请先撤销那一次。",
    "still_below": "“{value}”还在停用的网格下面。请先移走它。",
    "parent_gone": "“{value}”没有有效的上级了，不能这样调整。",
    "code_twice": "编码“{value}”写了两遍。",
    "code_taken": "编码“{value}”已经用过，停用的编码也不能再用，因为海报上还印着它。请换一个。",
    "code_wrong": "编码“{value}”不对，只能用字母、数字、“-”和“_”，最多 40 个。",
    "place_name_missing": "“{value}”没有写名称。",
    "too_long": "“{value}”太长，或者里面有看不见的字符。",
    "households_wrong": "户数“{value}”不对，请写整数。",
    "no_reason": "请写明调整的原因。",
    "not_below": "“{value}”不是它的下级。",
    "child_twice": "下级“{value}”分给了两个新网格。",
    "nothing_beside": "“{value}”没有同级的网格，没法合并。",
    "nothing_below": "“{value}”下面没有网格可分。要按边界拆，请维护的人用 yashu redraw split。",
    "child_nowhere": "下级“{value}”不知道归哪个新网格。请在“下级”里写明，或者画好边界。",
    "boundary_wrong": "“{value}”的边界不对：要是一个面，线不能交叉。",
    "boundary_outside": "“{value}”的边界超出了原来的网格。",
    "boundaries_overlap": "边界重叠：{value}。",
    "boundary_gap": "新边界没有盖满原来的网格“{value}”，中间有空缺。",
    "default_for_unit": "单位“{value}”设在这个网格。请指定默认去向，单位归到那里。",
    "default_for_invitation": "这个网格还有 {value} 张没用完的邀请。请指定默认去向，邀请归到那里。",
}


class RedrawingTexts:
    """Sentences of 网格调整."""

    _say: Phrases

    def place_became_several(self) -> str:
        """An old poster or link leads to a place that was split: which part is meant?"""
        return self._say("这里的网格重新划分了。您在哪一块？")

    def cannot_redraw(self, what: str, value: str) -> str:
        """Why not, and what to do instead."""
        return self._say(CANNOT[what], value=value)

    def redraw_mistake(self, line: int, what: str, value: str) -> str:
        """The same of a line of a file."""
        return self._say("第 {line} 行：{raw_said}", line=line, raw_said=self.cannot_redraw(what, value))

    def redrawing_kind(self, kind: str) -> str:
        """What it is."""
        return self._say(KINDS[kind])

    def redraw_places(self, names: Sequence[tuple[str, str]]) -> str:
        """Several places: name and code (plain, to be used as a fact)."""
        shown = [self._say("{name}（{code}）", name=name, code=code) for name, code in names[:SHOWN]]
        more = [self._say("等 {count} 个", count=len(names))] if len(names) > SHOWN else []
        return self._say("、").join([*shown, *more])

    def redraw_head(self, kind: str, *, done: int | None) -> str:
        """The first line: done, with its number, or only looked at."""
        if done is None:
            return self._say("🗺 <b>网格调整预览：{kind}</b>（还没有改动）", kind=self.redrawing_kind(kind))
        return self._say("🗺 <b>网格调整第 {number} 次：{kind}</b>", number=done, kind=self.redrawing_kind(kind))

    def redraw_tree(
        self,
        ended: Sequence[tuple[str, str]],
        began: Sequence[tuple[str, str]],
        moved: Sequence[tuple[str, str]],
        below: int,
    ) -> str:
        """What becomes of the places."""
        said: list[str] = []
        if ended:
            said.append(self._say("停用：{raw_places}", raw_places=self.redraw_places(ended)))
        if began:
            said.append(self._say("启用：{raw_places}", raw_places=self.redraw_places(began)))
        if moved:
            said.append(self._say("换上级：{raw_places}", raw_places=self.redraw_places(moved)))
        said.append(self._say("下面的网格：{below} 个，路径随之改写。", below=below))
        return "\n".join(said)

    def redraw_follows(self, cases: int, people: int, groups: int, invitations: int, subscribers: int) -> str:
        """What goes along."""
        followed = self._say("转过去：未办结事项 {cases} 件，人员 {people} 人", cases=cases, people=people)
        more = [
            self._say("居民群 {count} 个", count=groups) if groups else "",
            self._say("邀请 {count} 张", count=invitations) if invitations else "",
            self._say("订阅 {count} 人", count=subscribers) if subscribers else "",
        ]
        return self._say("，").join([followed, *(one for one in more if one)])

    def redraw_unplaced(self, count: int) -> str:
        """Cases that could be anywhere in it."""
        return self._say("⚠️ {count} 件事项看不出归哪个新网格，放在上一级，名单发给研判员核实。", count=count)

    def redraw_became(self, ended: Sequence[tuple[str, str]], began: Sequence[tuple[str, str]]) -> str:
        """What became of what, in one line."""
        before, after = self.redraw_places(ended), self.redraw_places(began)
        return self._say("{raw_before} → {raw_after}", raw_before=before, raw_after=after)

    def redraw_where(self, numbers: Sequence[str]) -> str:
        """Asks the dispatchers about cases that nobody can place."""
        shown = self._say("、").join(numbers[:SHOWN])
        return self._say(
            "下面 {count} 件事项看不出归哪个新网格，暂时放在上一级，请核实地点：\n{numbers}",
            count=len(numbers),
            numbers=shown,
        )

    def redraw_person(self, name: str, role: str, homes: Sequence[str]) -> str:
        """Somebody who has all the parts now; the role as it is said."""
        places = self._say("、").join(homes)
        return self._say("⚠️ {name}（{role}）现在管 {places}，请定下各归谁管。", name=name, role=role, places=places)

    def redraw_units(self, names: Sequence[str]) -> str:
        """Units that could stand elsewhere too."""
        units = self._say("、").join(names)
        return self._say("⚠️ 请核对单位设在哪个网格、管哪些网格：{units}。", units=units)

    def redraw_broadcasts(self, numbers: Sequence[int]) -> str:
        """Broadcasts that wait and are for a place that has become several."""
        shown = self._say("、").join(str(number) for number in numbers)
        return self._say("⚠️ 还没发的广播 {numbers} 是发给这个网格的，请停掉重新选范围。", numbers=shown)

    def redraw_dry(self) -> str:
        """The console: nothing was changed."""
        return self._say("这是试运行。加 --apply 才会调整。")

    def redraw_undo_with(self, number: int) -> str:
        """The console: how to go back."""
        return self._say("要撤销：yashu redraw undo {number} --reason 原因 --apply", number=number)

    def redraw_line(self, number: int, kind: str, at: datetime, reason: str, undone: int | None) -> str:
        """One line of the list of re-drawings."""
        said = self._say(
            "{number}　{at}　{kind}　{reason}", number=number, at=at, kind=self.redrawing_kind(kind), reason=reason
        )
        return self._say("{raw_said}（已由第 {undone} 次撤销）", raw_said=said, undone=undone) if undone else said

    def no_redrawings(self) -> str:
        """Nothing was ever re-drawn."""
        return self._say("还没有调整过网格。")

    def place_since(self, what: str, at: datetime, number: int, reason: str) -> str:
        """One line of the history of a place."""
        phrase = {
            "began": "{at} 启用（第 {number} 次调整：{reason}）",
            "moved": "{at} 换上级（第 {number} 次调整：{reason}）",
            "ended": "{at} 停用（第 {number} 次调整：{reason}）",
        }[what]
        return self._say(phrase, at=at, number=number, reason=reason)

    def place_was(self, path: str) -> str:
        """Where a place stood on a day."""
        return self._say("那一天：{path}", path=path)

    def place_was_not(self) -> str:
        """There was no such place on that day."""
        return self._say("那一天没有这个网格。")

    def place_is_now(self, names: Sequence[tuple[str, str]]) -> str:
        """What it is today."""
        return self._say("现在：{raw_places}", raw_places=self.redraw_places(names))
