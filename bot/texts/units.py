"""What admins and dispatchers read of units: the list, the card of one, and every question before a change."""

from collections.abc import Sequence

from bot.cases.case import Level
from bot.texts.language import Phrases

LEVELS = {Level.DISTRICT: "区级", Level.TOWN: "镇（街道）", Level.COMMUNITY: "村（社区）"}
RANKS = {0: "值班", 1: "副职", 2: "负责人"}


class UnitListTexts:
    """Sentences of /units."""

    _say: Phrases

    def unit_level(self, level: Level) -> str:
        """Button of a level."""
        return self._say(LEVELS[level])

    def unit_level_count(self, level: Level, count: int, *, here: bool) -> str:
        """Button of a level with how many there are."""
        words = self._say("{raw_level} {count}", raw_level=self.unit_level(level), count=count)
        return self._say("● {raw_words}", raw_words=words) if here else words

    def units_at(self, level: Level, count: int, lost: int) -> str:
        """Above a page of the list."""
        if not count:
            return self._say("<b>{raw_level}</b>还没有单位。", raw_level=self.unit_level(level))
        said = [self._say("<b>{raw_level}</b>的单位，共 {count} 个：", raw_level=self.unit_level(level), count=count)]
        if lost:
            said.append(self._say("⚠️ 其中 {count} 个还没有工作群。", count=lost))
        return "\n".join([*said, self._say("找单位：/units 城管")])

    def units_found(self, words: str, count: int, shown: int) -> str:
        """Above the units that were looked for."""
        if not count:
            return self._say("没有名称、编码或类别里有“{words}”的单位。可以在下面按级别找：", words=words)
        if count > shown:
            return self._say("找到 {count} 个，只列出前 {shown} 个，请写得更细些：", count=count, shown=shown)
        return self._say("找到 {count} 个单位：", count=count)

    def unit_line(self, name: str, *, grouped: bool) -> str:
        """A unit on a button (not escaped)."""
        return name if grouped else self._say("⚠️ {raw_name}", raw_name=name)

    def unit_new(self) -> str:
        """Button."""
        return self._say("➕ 新单位")

    def unit_sheet(
        self, name: str, code: str, kind: str, level: Level, parent: str | None, place: str | None, *, grouped: bool
    ) -> str:
        """The head of the card of a unit."""
        said = [
            self._say("🏢 <b>{name}</b>　{code}", name=name, code=code),
            self._say("类别：{kind}　级别：{raw_level}", kind=kind, raw_level=self.unit_level(level)),
            self._say("上级：{parent}", parent=parent) if parent else self._say("上级：无"),
            self._say("地点：{place}", place=place) if place else self._say("地点：不限，全区都管"),
        ]
        if grouped:
            said.append(self._say("工作群：已绑定"))
        else:
            said.append(self._say("⚠️ 没有工作群，派单只能私下发给人。请把我拉进群，在群里发 /bind。"))
        return "\n".join(said)

    def unit_people_lines(self, people: Sequence[tuple[str, int, str, bool]]) -> str:
        """Who works there: (name, rank, state, whether we can write to them), the one on duty first."""
        if not people:
            return self._say("⚠️ 还没有人。派来的件没有人看得到。")
        said = [self._worker(*one) for one in people]
        if not any(rank == 0 for _, rank, _, _ in people):
            said.append(self._say("⚠️ 没有值班的人，保密件没有人收。"))
        return "\n".join(said)

    def _worker(self, name: str, rank: int, state: str, reached: bool) -> str:
        what = self._say(RANKS.get(rank, "副职"))
        if state == "suspended":
            return self._say("· {raw_what}：{name}（已停用）", raw_what=what, name=name)
        if reached:
            return self._say("· {raw_what}：{name}", raw_what=what, name=name)
        return self._say("· {raw_what}：{name} ⚠️ 还没有打开伢叔，收不到消息", raw_what=what, name=name)

    def unit_matters(self, listed: int | None, every: int) -> str:
        """How many matters it receives; None: whatever fits."""
        if listed is None:
            return self._say("接的事项：凡是对口的都接")
        return self._say("接的事项：{listed} 项（目录共 {every} 项）", listed=listed, every=every)

    def unit_orders(self, count: int, *, more: bool) -> str:
        """How many open orders it has, without the confidential ones."""
        if more:
            return self._say("在办：{count} 件以上", count=count)
        return self._say("在办：{count} 件（不含保密件）", count=count)

    def unit_rename(self) -> str:
        """Button."""
        return self._say("✏️ 改名")

    def unit_parent(self) -> str:
        """Button."""
        return self._say("⬆️ 上级")

    def unit_place(self) -> str:
        """Button."""
        return self._say("📍 地点")

    def unit_list_matters(self) -> str:
        """Button."""
        return self._say("📋 事项")

    def unit_people(self) -> str:
        """Button."""
        return self._say("👥 人员")

    def unit_show_orders(self) -> str:
        """Button."""
        return self._say("📂 在办的件")

    def unit_free(self) -> str:
        """Button."""
        return self._say("解绑工作群")

    def unit_back(self) -> str:
        """Button."""
        return self._say("‹ 返回单位")

    def units_back(self) -> str:
        """Button."""
        return self._say("‹ 单位列表")

    def unit_orders_list(self, name: str, count: int) -> str:
        """Above the open orders of a unit."""
        if not count:
            return self._say("<b>{name}</b>手上没有在办的件。", name=name)
        return self._say("<b>{name}</b>在办的件，最早的在前：", name=name)

    def ask_unit_name(self, name: str) -> str:
        """改名 asks."""
        return self._say("<b>{name}</b>要改成什么名称？请发新名称，最多 40 个字。/cancel 不改了。", name=name)

    def no_unit_name(self) -> str:
        """What came is no name."""
        return self._say("没看懂。请只发名称，最多 40 个字。/cancel 不改了。")

    def choose_parent(self, name: str) -> str:
        """上级 asks."""
        return self._say("<b>{name}</b>的上级是哪个单位？", name=name)

    def no_parent(self) -> str:
        """Button."""
        return self._say("没有上级")

    def choose_unit_place(self, name: str) -> str:
        """地点 asks."""
        return self._say("<b>{name}</b>管哪里？往下点，到了就点第一个按钮。", name=name)

    def place_is_here(self, place: str) -> str:
        """Button (not escaped)."""
        return self._say("✅ 就是{raw_place}", raw_place=place)

    def place_everywhere(self) -> str:
        """Button."""
        return self._say("不限，全区都管")

    def free_sure(self, name: str) -> str:
        """解绑 asks first."""
        return self._say("<b>{name}</b>解绑以后，新的派单私下发给单位的人，群里的旧卡片不再更新。确定吗？", name=name)

    def free_yes(self) -> str:
        """Button."""
        return self._say("确定解绑")

    def choose_shelf(self, name: str, listed: int | None) -> str:
        """事项: above the groups of the catalogue."""
        if listed is None:
            return self._say("<b>{name}</b>现在凡是对口的事项都接。点一类，可以一项一项改：", name=name)
        return self._say("<b>{name}</b>现在接 {listed} 项。点一类，可以一项一项改：", name=name, listed=listed)

    def shelf_count(self, name: str, listed: int, every: int) -> str:
        """Button of a group of matters (not escaped)."""
        return self._say("{raw_name} {listed}/{every}", raw_name=name, listed=listed, every=every)

    def matter_on(self, name: str, *, on: bool) -> str:
        """Button of a matter that is received or not (not escaped)."""
        return self._say("✅ {raw_name}", raw_name=name) if on else self._say("▫️ {raw_name}", raw_name=name)

    def take_whole(self) -> str:
        """Button."""
        return self._say("这一类都接")

    def take_none(self) -> str:
        """Button."""
        return self._say("这一类都不接")

    def take_all(self) -> str:
        """Button."""
        return self._say("凡是对口的都接")

    def shelves_back(self) -> str:
        """Button."""
        return self._say("‹ 事项分类")

    def choose_worker(self, name: str) -> str:
        """人员: above the people of a unit."""
        return self._say("<b>{name}</b>的人，点一下改职务或移出：", name=name)

    def worker_in(self) -> str:
        """Button."""
        return self._say("➕ 加人")

    def worker_sheet(self, name: str, unit: str, rank: int, *, reached: bool) -> str:
        """Somebody of a unit."""
        said = [self._say("<b>{name}</b>　{unit}", name=name, unit=unit)]
        said.append(self._say("职务：{raw_rank}", raw_rank=self._say(RANKS.get(rank, "副职"))))
        if not reached:
            said.append(self._say("⚠️ 还没有打开伢叔，收不到消息。请点「邀请」。"))
        return "\n".join(said)

    def rank_button(self, rank: int, *, now: bool) -> str:
        """Button of a rank."""
        words = self._say(RANKS[rank])
        return self._say("● {raw_words}", raw_words=words) if now else words

    def worker_out(self) -> str:
        """Button."""
        return self._say("移出本单位")

    def workers_back(self) -> str:
        """Button."""
        return self._say("‹ 人员")

    def worker_out_sure(self, name: str, unit: str) -> str:
        """移出 asks first."""
        return self._say("把<b>{name}</b>移出{unit}？花名册里还在，别的职责不变。", name=name, unit=unit)

    def worker_out_yes(self) -> str:
        """Button."""
        return self._say("确定移出")

    def ask_worker(self, unit: str) -> str:
        """加人 asks."""
        return self._say(
            "谁到<b>{unit}</b>？花名册里有的，发姓名或电话后四位；新来的，发姓名和电话，例如：张小明 13800001234。"
            "/cancel 不加了。",
            unit=unit,
        )

    def which_worker(self, more: bool) -> str:
        """Above those who were found."""
        return self._say("找到的人太多，只列出一部分：") if more else self._say("是哪一位？")

    def no_worker(self) -> str:
        """Nobody is meant."""
        return self._say("花名册里没有这个人。新来的请连电话一起发，例如：张小明 13800001234。")

    def worker_unreadable(self) -> str:
        """The name of a new one has signs that nobody sees."""
        return self._say("姓名里有看不见的字符，请重新打一遍，例如：张小明 13800001234。")

    def phone_known(self) -> str:
        """The telephone of a new one belongs to somebody."""
        return self._say("花名册里已经有这个电话。请发姓名或电话后四位，再选人。")

    def ask_new_unit(self) -> str:
        """新单位 asks."""
        return self._say("新单位叫什么？编码可以写在后面，例如：滨江社区 binjiang。/cancel 不加了。")

    def unit_code_taken(self, code: str) -> str:
        """The code belongs to another unit."""
        return self._say("编码“{code}”已经有单位在用，请换一个。", code=code)

    def choose_kind(self, name: str) -> str:
        """Asks for the kind of a new unit."""
        return self._say("<b>{name}</b>是哪一类单位？", name=name)

    def kind_centre(self) -> str:
        """Button."""
        return self._say("指挥中心")

    def choose_level(self, name: str) -> str:
        """Asks for the level of a new unit."""
        return self._say("<b>{name}</b>是哪一级？", name=name)

    def unit_check(self, kind: str, name: str, level: Level, parent: str | None, place: str | None) -> str:
        """The new unit before it is made."""
        return self._say(
            "要新建的单位：\n🏢 <b>{name}</b>\n类别：{kind}　级别：{raw_level}\n上级：{parent}\n地点：{place}",
            name=name,
            kind=kind,
            raw_level=self.unit_level(level),
            parent=parent or self._say("无"),
            place=place or self._say("不限，全区都管"),
        )

    def unit_make(self) -> str:
        """Button."""
        return self._say("✅ 新建")

    def unit_drop(self) -> str:
        """Button."""
        return self._say("不建了")

    def unit_dropped(self) -> str:
        """After 不建了."""
        return self._say("好的，没有新建。")
