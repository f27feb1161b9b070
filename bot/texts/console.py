"""What the person at the console reads: questions of `yashu init`, findings of `yashu doctor`, plain words of the demo.

Settings are told in both languages at once (bot/config.py), for nobody knows yet which one is wanted.
"""

import os
from collections.abc import Sequence


def language_of_console() -> str:
    """The language of LANGUAGE in the environment; Chinese without one."""
    return "en" if os.environ.get("LANGUAGE", "").lower().startswith("en") else "zh"


class Console:
    """Sentences in one language, each written in both."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _in(self, chinese: str, english: str) -> str:
        return english if self.language == "en" else chinese


class HoldTexts(Console):
    """`yashu hold`."""

    def why_or_end(self) -> str:
        return self._in("请给出 --why 原因，或者 --end，二选一。", "Give either --why REASON or --end.")

    def no_case(self, number: str) -> str:
        return self._in(f"没有编号 {number} 的案件。", f"There is no case {number}.")

    def held(self, number: str) -> str:
        return self._in(f"{number} 已依法保留，不会被断开联系。", f"{number} is held: the way back is kept.")

    def lifted(self, number: str) -> str:
        return self._in(f"{number} 已解除保留。", f"{number} is held no longer.")

    def was_free(self, number: str) -> str:
        return self._in(f"{number} 没有保留，不用解除。", f"{number} was not held.")


class InitTexts(Console):
    """`yashu init`."""

    def welcome(self) -> str:
        return self._in(
            "回答几个问题，写好 .env 和密钥。方括号里是默认值，直接回车即可。",
            "A few questions, then .env and the keys are written. In brackets: what Enter takes.",
        )

    def overwrite(self) -> str:
        return self._in(".env 已存在。要覆盖吗？", ".env is there already. Overwrite it?")

    def unchanged(self) -> str:
        return self._in("没有改动任何文件。", "Nothing was changed.")

    def law(self) -> str:
        return self._in(
            "\n请注意：机关单位使用时，《个人信息保护法》第三十六条要求个人信息在境内存储；\n"
            "Telegram 的服务器在境外，消息会经过那里。请把本机和备份放在境内，\n"
            "并先按规定做安全评估、征得单位同意。",
            "\nPlease note: for a public body the law (PIPL, art. 36) wants personal data kept in the country.\n"
            "Telegram's servers are abroad and messages pass through them. Keep this machine and its backups\n"
            "in the country, and have the use assessed and approved first.",
        )

    def law_known(self) -> str:
        return self._in("我已知悉", "I know")

    def token(self) -> str:
        return self._in("机器人令牌（BotFather 给的，输入时不显示）", "The bot's token (from BotFather; not shown)")

    def admins(self) -> str:
        return self._in("管理员的 Telegram 编号（多个用逗号隔开）", "Telegram ids of the admins (several with commas)")

    def district(self) -> str:
        return self._in("区域名称（问候语里用）", "Name of the district (used in greetings)")

    def folder(self) -> str:
        return self._in("数据文件夹（数据库、密钥、照片）", "Data folder (database, keys, photos)")

    def delivery(self) -> str:
        return self._in(
            "怎样收消息？polling 不需要公网地址，webhook 需要",
            "How do updates come? polling needs no public address, webhook does",
        )

    def webhook(self) -> str:
        return self._in("公网地址（https://…）", "Public address (https://...)")

    def listen(self) -> str:
        return self._in("本机监听（反向代理转到这里）", "Listen on (your reverse proxy sends it here)")

    def proxy(self) -> str:
        return self._in("到 Telegram 的代理（没有就回车）", "Proxy to Telegram (Enter for none)")

    def written(self, path: object, keys: object) -> str:
        return self._in(
            f"\n已写好 {path}（只有您能读）和密钥 {keys}。\n请把密钥另外备份：丢了它，谁上报的就再也查不到。\n"
            "接着运行 doctor 检查，再运行 run。",
            f"\nWritten: {path} (only you can read it) and the keys in {keys}.\nKeep a copy of the keys elsewhere: "
            "without them nobody can find out who reported.\nNext: doctor to check, then run.",
        )


class DoctorTexts(Console):
    """`yashu doctor`."""

    def grade(self, grade: str) -> str:
        names = {"ok": ("正常", "ok"), "warning": ("注意", "warning"), "wrong": ("有错", "wrong")}
        return self._in(*names[grade])

    def settings_read(self) -> str:
        return self._in("设置：都读到了。", "Settings: all read.")

    def setting(self, line: str) -> str:
        return self._in(f"设置：{line}", f"Settings: {line}")

    def no_admins(self) -> str:
        return self._in("管理员：没有设置 ADMIN_IDS，无人收到报警。", "Admins: ADMIN_IDS is empty; nobody gets alarms.")

    def voice_off(self) -> str:
        return self._in(
            "语音：没有设置 VOICE_MODEL，不转文字，由工作人员听。",
            "Voices: no VOICE_MODEL, so they stay voices, and staff listen.",
        )

    def voice_on(self, file: object) -> str:
        return self._in(
            f"语音：在本机转成文字，模型 {file} 能用。", f"Voices: become words here; {file} can be loaded."
        )

    def voice_wrong(self, file: object) -> str:
        return self._in(
            f"语音：模型 {file} 载入不了，请重新下载，或去掉 VOICE_MODEL。",
            f"Voices: {file} cannot be loaded; download it again, or take VOICE_MODEL out.",
        )

    def folder_writable(self, folder: object, free_gb: float) -> str:
        return self._in(
            f"数据文件夹：{folder} 可写，剩余 {free_gb:.1f} GB。",
            f"Data folder: {folder} is writable, {free_gb:.1f} GB free.",
        )

    def little_space(self, folder: object, free_gb: float) -> str:
        return self._in(
            f"数据文件夹：{folder} 只剩 {free_gb:.1f} GB，请清理或扩容。",
            f"Data folder: only {free_gb:.1f} GB left in {folder}; make room.",
        )

    def folder_not_writable(self, folder: object) -> str:
        return self._in(
            f"数据文件夹：{folder} 不能写，请检查权限或 DATA_DIR。",
            f"Data folder: {folder} is not writable; check permissions or DATA_DIR.",
        )

    def keys_there(self) -> str:
        return self._in("密钥：可用。", "Keys: usable.")

    def keys_open(self, path: object) -> str:
        return self._in(f"密钥：别人也能读 {path}，请 chmod 400。", f"Keys: others can read {path}; chmod 400 {path}.")

    def keys_wrong(self, why: str) -> str:
        return self._in(f"密钥：{why}", f"Keys: {why}")

    def database_new(self) -> str:
        return self._in("数据库：还没有，第一次启动时建立。", "Database: none yet; the first start makes it.")

    def database_ready(self, step: str) -> str:
        return self._in(f"数据库：可用，已是最新（{step}）。", f"Database: reachable, at the newest step ({step}).")

    def database_old(self, step: str | None) -> str:
        return self._in(
            f"数据库：还在 {step or '空'}，启动时会升级，也可以先运行 migrate。",
            f"Database: at step {step or 'none'}; the next start upgrades it, or run migrate.",
        )

    def database_newer(self, step: str) -> str:
        return self._in(
            f"数据库：可用，已由新版程序升级到 {step}。这个程序还能用，请尽快换成新版。",
            f"Database: reachable, upgraded to step {step} by a newer program. This one still works; update it soon.",
        )

    def database_wrong(self, kind: str) -> str:
        return self._in(
            f"数据库：打不开（{kind}），请检查 DATABASE_URL。",
            f"Database: cannot be read ({kind}); check DATABASE_URL.",
        )

    def token_known(self, name: str) -> str:
        return self._in(f"令牌：可用，机器人是 @{name}。", f"Token: works, the bot is @{name}.")

    def token_unknown(self) -> str:
        return self._in(
            "令牌：Telegram 不认识，请向 BotFather 核对 BOT_TOKEN。",
            "Token: Telegram does not know it; compare BOT_TOKEN with BotFather.",
        )

    def unreachable(self, base: str, trouble: str, proxy: str | None) -> str:
        by = f"（代理 {proxy}）" if proxy else "（没有代理，可设 TELEGRAM_PROXY）"
        through = f"through {proxy}" if proxy else "without a proxy; TELEGRAM_PROXY sets one"
        return self._in(f"连接：连不上 {base}{by}：{trouble}。", f"Network: cannot reach {base} {through}: {trouble}.")

    def reachable(self, base: str, proxy: str | None) -> str:
        by = f"，经代理 {proxy}" if proxy else ""
        through = f" through {proxy}" if proxy else ""
        return self._in(f"连接：能连上 {base}{by}。", f"Network: {base} is reached{through}.")

    def privacy_off(self) -> str:
        return self._in(
            "隐私模式：已关闭，机器人能看到群里所有消息；请在 BotFather 用 /setprivacy 打开。",
            "Privacy mode: off, the bot sees every message of its groups; switch it on with /setprivacy at BotFather.",
        )

    def clock_right(self, seconds: float) -> str:
        return self._in(f"时钟：相差 {seconds:.0f} 秒。", f"Clock: {seconds:.0f} s apart from the server.")

    def clock_wrong(self, seconds: float) -> str:
        return self._in(
            f"时钟：与服务器相差 {seconds:.0f} 秒，请开启自动对时（NTP）。",
            f"Clock: {seconds:.0f} s apart from the server; switch on time synchronisation (NTP).",
        )

    def polling(self) -> str:
        return self._in("收消息：轮询。", "Updates: by polling.")

    def webhook_there(self, url: str, waiting: int) -> str:
        return self._in(
            f"收消息：webhook {url}，{waiting} 条在等。", f"Updates: by webhook {url}, {waiting} are waiting."
        )

    def webhook_elsewhere(self, url: str) -> str:
        return self._in(
            f"收消息：机器人现在的 webhook 是 {url or '没有'}，启动时会按设置改。",
            f"Updates: the bot's webhook is now {url or 'none'}; the next start sets what the settings say.",
        )

    def webhook_troubled(self, trouble: str) -> str:
        return self._in(
            f"收消息：Telegram 送不到 webhook：{trouble}。", f"Updates: Telegram fails to deliver: {trouble}."
        )

    def catalogue_read(self, count: int) -> str:
        return self._in(f"事项清单：{count} 项，没有错误。", f"Catalogue: {count} matters, no mistakes.")

    def catalogue_wrong(self, line: str) -> str:
        return self._in(f"事项清单：{line}", f"Catalogue: {line}")

    def checklists_read(self, count: int) -> str:
        return self._in(f"巡查清单：{count} 张，没有错误。", f"Checklists: {count}, no mistakes.")

    def checklists_wrong(self, line: str) -> str:
        return self._in(f"巡查清单：{line}", f"Checklists: {line}")

    def unreviewed(self, codes: str) -> str:
        return self._in(
            f"紧急提示：本区还没有人审过 {codes}，审后在清单里写 reviewed_by。",
            f"Emergency advice: nobody of the district reviewed {codes}; then write reviewed_by in the catalogue.",
        )

    def reviewed(self) -> str:
        return self._in("紧急提示：都已审过。", "Emergency advice: all reviewed.")

    def holidays_known(self) -> str:
        return self._in("节假日：数据齐全。", "Holidays: all known.")

    def holidays_missing(self, year: int) -> str:
        return self._in(
            f"节假日：没有 {year} 年的安排，期限会按周一到周五算；请设 HOLIDAYS。",
            f"Holidays: nothing known of {year}; clocks count Monday to Friday. Set HOLIDAYS to a file.",
        )

    def no_dead_letters(self) -> str:
        return self._in("死信：没有。", "Dead letters: none.")

    def dead_letters(self, arrived: int, owed: int) -> str:
        return self._in(
            f"死信：收到的 {arrived} 条、要发的 {owed} 条处理不了，见 yashu dead-letters。",
            f"Dead letters: {arrived} that arrived and {owed} to send failed for good; see yashu dead-letters.",
        )

    def no_units(self) -> str:
        return self._in(
            "单位：还没有任何单位，上报无人处理。", "Units: there are none yet; nobody would deal with reports."
        )

    def units_complete(self, count: int) -> str:
        return self._in(f"单位：{count} 个，都有群、有人。", f"Units: {count}, all with a group and people.")

    def units_without_group(self, names: str) -> str:
        return self._in(
            f"单位：没有绑定群：{names}。在群里发 /bind。", f"Units without a group: {names}. Send /bind in the group."
        )

    def rosters_with_gaps(self, names: str) -> str:
        return self._in(
            f"值班表：近一周有时候没人值班：{names}。请负责人在 /duty 里补上。",
            f"Rosters: at times nobody is on duty within a week: {names}. Their leaders mend it with /duty.",
        )

    def rosters_complete(self, count: int) -> str:
        return self._in(
            f"值班表：{count} 个单位，一周内没有空档。", f"Rosters of {count} units without gaps in a week."
        )

    def units_without_people(self, names: str) -> str:
        return self._in(f"单位：没有值班的人：{names}。", f"Units without anybody on duty: {names}.")


class RunTexts(Console):
    """`yashu run`, `yashu demo` and the small commands."""

    def demo_open(self, address: str) -> str:
        return (
            f"\n  伢叔演示 · yashu demo\n  请用浏览器打开 · open in a browser:  {address}/\n  Ctrl-C 结束 · to stop\n"
        )

    def inventing(self) -> str:
        return self._in(
            "第一次打开整个区：先造出地方和人，再像真的一样导入，约需半分钟。",
            "The whole district for the first time: it is invented and then imported, in about half a minute.",
        )

    def coming_in(self) -> str:
        return self._in("所有人正在报到…", "Everybody is coming in ...")

    def district_written(self, folder: object, places: int, units: int, people: int) -> str:
        return self._in(
            f"已写好 {folder}：{places} 个地方、{units} 个单位、{people} 人。",
            f"Written into {folder}: {places} places, {units} units, {people} people.",
        )

    def port_busy(self, port: object) -> str:
        return self._in(f"端口 {port} 已被占用，请换一个。", f"Port {port} is taken; choose another one.")

    def cannot_listen(self, listen: str, errno: int | None) -> str:
        why = os.strerror(errno or 0)
        return self._in(
            f"打不开 {listen}（{why}）。端口被占用，或者这台机器没有这个地址：请改 WEBHOOK_LISTEN 或 HEALTH_LISTEN。",
            f"Cannot listen on {listen} ({why}). The port is taken, or this machine has no such address: change"
            " WEBHOOK_LISTEN or HEALTH_LISTEN.",
        )

    def cannot_use(self, place: object, why: str) -> str:
        return self._in(
            f"{place} 用不了：{why}。请检查路径和权限。", f"{place} cannot be used: {why}. Check path and permissions."
        )

    def already_running(self, folder: object) -> str:
        return self._in(
            f"伢叔已经在这个数据库上运行，同时只能有一个（看 DATA_DIR 和 DATABASE_URL）：{folder}",
            f"Another yashu is already running on this database (see DATA_DIR and DATABASE_URL): {folder}",
        )

    def migrated(self, step: str) -> str:
        return self._in(f"数据库已是最新：{step}。", f"The database is at the newest step: {step}.")

    def migrated_by_newer(self, step: str) -> str:
        return self._in(
            f"数据库已由新版程序升级到 {step}，没有改动。这个程序还能用，请尽快换成新版。",
            f"A newer program has upgraded the database to step {step}; it was left alone. This one still works;"
            " update it soon.",
        )

    def catalogue_fine(self, groups: int, matters: int) -> str:
        return self._in(f"没有错误：{groups} 类 {matters} 项。", f"No mistakes: {matters} matters in {groups} groups.")

    def checklists_fine(self, lists: int, items: int) -> str:
        return self._in(f"没有错误：{lists} 张清单 {items} 项。", f"No mistakes: {items} items in {lists} lists.")

    def no_node(self, code: str) -> str:
        return self._in(f"没有编码为 {code} 的地方。", f"There is no place with the code {code}.")

    def month_like(self) -> str:
        return self._in("月份要写成 2026-11 这样。", "Write the month like 2026-11.")

    def sheet_written(self, path: object, rows: int) -> str:
        return self._in(f"已写好 {path}，{rows} 行。", f"Written: {path}, {rows} rows.")

    def no_round(self, number: int) -> str:
        return self._in(
            f"没有编号为 {number} 的报到或任务。", f"There is no roll call or task with the number {number}."
        )

    def no_broadcast(self, number: int) -> str:
        return self._in(f"没有编号为 {number} 的通知。", f"There is no broadcast with the number {number}.")

    def quarter_like(self) -> str:
        return self._in("季度要写成 2026Q4 这样。", "Write the quarter like 2026Q4.")

    def quarter_ahead(self, quarter: str) -> str:
        return self._in(f"{quarter} 还没开始。", f"{quarter} has not begun yet.")


def lease_lost() -> str:
    """Another program on the same server has taken over."""
    return (
        "另一个伢叔已接管（本程序停顿过，或数据库断开过）。本程序退出，由服务管理器重新启动后待命。"
        " · Another yashu took over: this one stood still or lost the database. It ends; started again, it stands by."
    )


def key_missing(path: object) -> str:
    """There is no such file."""
    return (
        f"{path}: 钥匙不见了。新装的运行 `yashu init` 就会生成；用过的要放回原来的钥匙。"
        " · the key is missing. `yashu init` makes it; an existing installation needs its old one."
    )


def keys_half_changed(path: object) -> str:
    """A change of the keys was begun and did not come to its end."""
    return (
        f"{path}: 换密钥换到一半停了。请运行 `yashu rotate-keys --apply`，它会接着做完；做完之前什么都不能运行。"
        " · a change of the keys was cut short. Run `yashu rotate-keys --apply`, which ends it; nothing runs before."
    )


def keys_of_another() -> str:
    """The database says that it is sealed with other keys."""
    return (
        "keys 文件夹里的密钥不是这个数据库现在用的。换过密钥的，请放上换好以后的那一套；恢复旧备份的，请放上当时的。"
        " · The keys are not those that this database is sealed with. After `yashu rotate-keys` put the new ones"
        " there; for an older backup those of its time."
    )


def key_broken(path: object, digits: int) -> str:
    """Something else stands in it."""
    return f"{path}: 这里应当是 {digits} 位十六进制数字。 · {digits} hexadecimal digits are expected here."


def database_too_new(step: str, known: str, lacking: Sequence[str]) -> str:
    """A newer program has taken away what this one needs (a `+` before what it must give and does not know)."""
    names = ", ".join(lacking)
    return (
        f"数据库已由新版程序升级到 {step}，这个程序（{known}）不能再用它：{names}。"
        "请换成新版程序，或者恢复升级前的备份。"
        f" · A newer program has upgraded the database to step {step}; this one ({known}) cannot work on it: {names}."
        " Update the program, or restore the backup from before the upgrade."
    )
