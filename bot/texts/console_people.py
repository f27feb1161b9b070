"""What the person at the console reads of `yashu people`: mistakes of a table, what was entered, what was printed."""

from bot.cases.sheet import Mistake
from bot.texts.console_tables import TableTexts

NUMBER_CUT = (
    "“{value}”是表格软件改短了的数字，原来的已经没有了。请把这一列设成文本，再重新填。",
    "A spreadsheet cut the number short to “{value}”. Make the column text and type it anew.",
)
MISTAKES = {
    "number_cut": NUMBER_CUT,
    "too_large": ("文件太大，最多 {value} MB。", "The file is too large, {value} MB at most."),
    "too_many_rows": ("行数太多，最多 {value} 行，请分成几份。", "Too many lines, {value} at most; split the file."),
    "csv_broken": ("第 {value} 行附近引号不成对。", "A quotation mark is missing near line {value}."),
    "encoding": (
        "看不懂文件的编码，请存成 UTF-8 或 GBK 的 CSV，或 xlsx。",
        "The encoding is unknown; save it as CSV in UTF-8 or GBK, or as xlsx.",
    ),
    "not_xlsx": ("打不开，这不是 xlsx 文件，或者已经损坏。", "This is no xlsx file, or it is damaged."),
    "empty": ("文件是空的。", "The file is empty."),
    "heading_unknown": (
        "不认识的列名“{value}”。请改成认识的，或删掉这一列。",
        "Unknown column “{value}”. Give it a known name, or take the column out.",
    ),
    "heading_twice": ("列名“{value}”重复了。", "The column “{value}” is there twice."),
    "heading_missing": ("缺少“{value}”这一列。", "The column “{value}” is missing."),
    "name_missing": ("没有写姓名。", "The name is missing."),
    "name_unreadable": ("姓名里有看不见的字符。", "The name has signs that cannot be seen."),
    "role_unknown": (
        "不认识的角色“{value}”，一行写一个：网格员、中心户、信息员、楼栋长、吹哨员、处置人、研判员、管理员。",
        "Unknown role “{value}”; write one in a line: grid member, household head, informer, building head,"
        " whistleblower, responder, dispatcher, admin.",
    ),
    "node_missing": ("“{value}”要写网格编码。", "“{value}” needs the code of a grid."),
    "unit_missing": ("“{value}”要写单位编码。", "“{value}” needs the code of a unit."),
    "node_unknown": ("没有编码为“{value}”的网格。", "There is no grid with the code “{value}”."),
    "unit_unknown": ("没有编码为“{value}”的单位。", "There is no unit with the code “{value}”."),
    "phone_wrong": ("电话“{value}”不对，要 7 到 15 位数字。", "“{value}” is no telephone number (7 to 15 digits)."),
    "rank_wrong": (
        "值班顺序“{value}”不对，写 0 值班、1 副职、2 负责人。",
        "“{value}” is no rank: 0 on duty, 1 deputy, 2 leader.",
    ),
    "shows_phone_wrong": ("公开电话写“是”或“否”，不是“{value}”。", "Write yes or no, not “{value}”."),
    "until_wrong": ("有效期“{value}”看不懂，写成 2027-12-31。", "“{value}” is no day; write 2027-12-31."),
    "until_past": ("有效期“{value}”已经过了。", "The day “{value}” is over."),
    "too_long": ("“{value}”太长了。", "“{value}” is too long."),
    "phone_of_another": ("这个电话前面已经是{value}的。", "This telephone is {value}'s further up."),
    "two_phones": ("{value}有两个不同的电话。", "{value} has two different telephones."),
    "duty_twice": ("{value}的这个职责写了两遍。", "This duty of {value} is there twice."),
    "register_changed": (
        "比对的时候花名册变了，什么都没有写。请再运行一次。",
        "The register changed while it was compared, so nothing was written. Run it once more.",
    ),
    "same_person": ("花名册里这个人和第 {value} 行是同一个。", "In the register this is the person of line {value}."),
}


class PeopleTexts(TableTexts):
    """`yashu people`."""

    def mistake(self, mistake: Mistake) -> str:
        """One line for one mistake."""
        chinese, english = MISTAKES[mistake.what]
        said = self._in(chinese, english).replace("{value}", mistake.value[:60])
        return self._in(f"第 {mistake.line} 行：{said}", f"Line {mistake.line}: {said}") if mistake.line else said

    def planned(self, new: int, changed: int, same: int, duties: int, ended: int) -> str:
        return self._in(
            f"新增 {new} 人，更新 {changed} 人，共 {duties} 个职责；去掉 {ended} 个不在表里的职责；{same} 人没有变化。",
            f"{new} new people, {changed} changed ones, {duties} duties; {ended} duties that are not in the file end;"
            f" {same} people as they were.",
        )

    def entered(self) -> str:
        return self._in("已写入花名册。", "Written into the register.")

    def exported(self, rows: int, path: object) -> str:
        return self._in(
            f"已导出 {rows} 行到 {path}。里面有电话，请妥善保管。",
            f"{rows} lines written to {path}. It has telephones; keep it safe.",
        )

    def cell(self, value: str, chinese: str) -> str:
        """A cell that has a word in each language."""
        return self._in(chinese, value) if value else ""

    def yes(self) -> str:
        return self._in("是", "yes")

    def not_printed(self, role: str) -> str:
        return self._in(
            f"“{role}”不能打印邀请。网格员、中心户、信息员、楼栋长、吹哨员、处置人可以；其他人在 /people 里邀请。",
            f"Invitations for “{role}” are not printed: only for roles of the grid and of units."
            " Invite others with /people.",
        )

    def where_printed(self, role: str, *, of_place: bool) -> str:
        if of_place:
            return self._in(
                f"请用 --node 写明“{role}”是哪个网格的（不用 --unit）。",
                f"Say with --node for which place “{role}” is (and leave --unit out).",
            )
        return self._in(
            f"请用 --unit 写明“{role}”是哪个单位的（不用 --node）。",
            f"Say with --unit of which unit “{role}” is (and leave --node out).",
        )

    def no_unit(self, code: str) -> str:
        return self._in(
            f"没有编码为“{code}”的单位，发 /units 可以查。",
            f"There is no unit with the code “{code}”; /units shows them.",
        )

    def no_place(self, code: str) -> str:
        return self._in(f"没有编码为“{code}”的网格。", f"There is no grid with the code “{code}”.")

    def no_link(self, code: str) -> str:
        return self._in(
            f"编码“{code}”不能做成二维码，只能用字母、数字、- 和 _。",
            f"“{code}” cannot be put into a code; only letters, digits, - and _ can.",
        )

    def no_name(self) -> str:
        return self._in(
            "连不上 Telegram，不知道机器人叫什么。请用 --bot 写明。",
            "Telegram was not reached, so the bot's name is unknown; give it with --bot.",
        )

    def nobody_to_invite(self) -> str:
        return self._in("那里没有等着邀请的人。", "Nobody there waits to be invited.")

    def nobody_there(self) -> str:
        return self._in("那里还没有登记负责的人。", "Nobody is registered for that place.")

    def too_many(self, most: int) -> str:
        return self._in(f"一次最多 {most} 人，请分片打印。", f"{most} people at most; print smaller places.")

    def drawing(self) -> str:
        return self._in("排版", "Drawing")

    def printed(self, count: int, path: object) -> str:
        return self._in(f"已写好 {path}，共 {count} 张。", f"Written: {path}, {count} cards.")
