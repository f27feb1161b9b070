"""What responders read in the group of their unit and privately."""

from collections.abc import Sequence
from datetime import datetime

from bot.cases.case import Case, Colour, Level, Status
from bot.texts.language import Phrases, cut

COLOURS = {Colour.RED: "🔴 红", Colour.YELLOW: "🟡 黄", Colour.NONE: ""}
LEVELS = {Level.DISTRICT: "一级", Level.TOWN: "二级", Level.COMMUNITY: "三级"}
ACTIONS = {
    "accept": "✍️ 签收",
    "contact": "📞 到场/已联系",
    "progress": "📝 进展",
    "resolve": "✅ 办结",
    "confirm": "👍 核查通过",
    "fail": "👎 不通过，返工",
    "look": "👀 说说看到的",
    "ask": "💬 问上报人",
    "reply": "💬 直接答复",
    "dispatch": "派给{unit}",
    "reassign": "改派",
    "escalate": "⬆️ 升到上一级",
    "extend": "⏳ 申请延期",
    "grant": "✅ 同意延期",
    "decline": "❌ 不同意延期",
    "triage": "▶️ 不等了，继续研判",
    "rename": "🔁 改事项",
    "grade": "⚖️ 改定级",
    "require": "🎯 办结标准",
    "hasten": "⏰ 提前时限",
    "merge": "🔗 并案",
    "split": "✂️ 拆出来",
    "reject": "🚫 不予受理",
    "refer": "📖 告知法定途径",
    "reconsider": "▶️ 重新研判",
    "divert": "🚨 转紧急专线",
    "taken_over": "🚨 专线已接处",
    "return": "↩️ 退单",
    "insist": "📌 坚持派单",
    "transfer": "🤝 转办",
    "ask_shelving": "🗄 建议挂账",
    "shelve": "🗄 挂账",
    "resume": "▶️ 恢复办理",
    "ask_level_up": "⬆️ 申请升级",
    "ask_joint": "📣 申请协同",
    "ask_reassign": "↪️ 建议改派",
    "refuse": "❌ 不同意",
    "exclude": "🧮 不计满意率",
    "whistle": "📣 吹哨",
    "end_joint": "🏁 结束协同",
    "oversee": "📌 挂牌督办",
    "release": "📌 解除督办",
    "spare": "🛡 容错",
    "block": "🚫 回避",
}
CARD_WORDS, CARD_SUMMARY = 1500, 600
STATUSES = {
    Status.REGISTERED: "待受理",
    Status.TRIAGE: "待研判",
    Status.NEED_INFO: "待补充",
    Status.DIVERTED: "转紧急专线",
    Status.REFERRED: "告知法定途径",
    Status.REJECTED: "不予受理",
    Status.MERGED: "并案",
    Status.DISPATCHED: "待签收",
    Status.RETURN_REVIEW: "退单审核",
    Status.ACCEPTED: "已签收",
    Status.HANDLING: "处置中",
    Status.JOINT: "吹哨协同",
    Status.EXTENSION_REVIEW: "延期审核",
    Status.SHELVED: "挂账",
    Status.VERIFY: "待核查",
    Status.REWORK: "返工",
    Status.FEEDBACK: "待评价",
    Status.CLOSED: "已结案",
    Status.REDO: "重办",
    Status.ARCHIVED: "已归档",
    Status.WITHDRAWN: "上报人已撤回",
}


class UnitTexts:
    """Sentences for those who deal with a case."""

    _say: Phrases

    def level(self, case: Case) -> str:
        """Level and colour in short."""
        return " ".join(part for part in (self._say(LEVELS[case.level]), self._say(COLOURS[case.colour])) if part)

    def card(self, lines: Sequence[str]) -> str:
        """The card of a case: one per case, edited in place."""
        return "\n".join(lines)

    def card_head(self, case: Case, matter: str) -> str:
        """What and how urgent: the first thing everybody reads."""
        return self._say(
            "<b>【{raw_status}】{matter}</b>\n{number}　{raw_level}",
            raw_status=self.status_for_unit(case.status),
            matter=matter,
            number=case.number,
            raw_level=self.level(case),
        )

    def serial(self, serial: str) -> str:
        """A second copy of the same message shows the same."""
        return self._say("推送号 {serial}", serial=serial)

    def card_elsewhere(self, number: str) -> str:
        """The case went to another unit."""
        return self._say("{number} 已转给其他单位，您这边不用再办了。", number=number)

    def card_words(self, case: Case) -> str:
        """What the reporter said; several lines of it are quoted, so that none passes for a line of the card."""
        if not case.text:
            return ""
        said = self._say("情况：{words}", words=cut(case.text, CARD_WORDS))
        return f"<blockquote>{said}</blockquote>" if "\n" in said else said

    def card_summary(self, words: str) -> str:
        """What a dispatcher summed up of sound and film that stay with the centre."""
        return self._say("📝 中心摘要：{words}", words=cut(words, CARD_SUMMARY)) if words else ""

    def sum_up(self) -> str:
        """On a dispatcher's card of a confidential case with sound or film."""
        return self._say("🎧 保密的语音、视频只给您听。听完请回复这条消息写几句摘要，责任单位只看摘要。")

    def summed_up(self, number: str) -> str:
        """The summary is kept."""
        return self._say("摘要已记到 {number}，责任单位会看到。", number=number)

    def card_answers(self, ask: str, answer: str) -> str:
        """One answered question."""
        return self._say("{ask} {answer}", ask=ask, answer=answer)

    def card_place(self, place: str) -> str:
        """Where."""
        return self._say("地点：{place}", place=place) if place else ""

    def card_danger(self) -> str:
        """The reporter says it is dangerous now."""
        return self._say("⚠️ 上报人说现在有危险")

    def card_handler(self, handler: str) -> str:
        """Who has it."""
        return self._say("经办：<b>{handler}</b>", handler=handler)

    def card_due(self, status: Status, step: datetime | None, finish: datetime) -> str:
        """Deadlines: the next step, and the end."""
        if step and status is Status.DISPATCHED:
            return self._say("⏰ {step} 前签收，{finish} 前办结", step=step, finish=finish)
        if step and status is Status.ACCEPTED:
            return self._say("⏰ {step} 前到场或联系，{finish} 前办结", step=step, finish=finish)
        if step and step < finish:
            return self._say("⏰ {step} 前报进展，{finish} 前办结", step=step, finish=finish)
        return self._say("⏰ {finish} 前办结", finish=finish)

    def card_result(self, result: str) -> str:
        """What was done."""
        return self._say("处置结果：{result}", result=cut(result, 800))

    def card_failed(self, result: str, why: str) -> str:
        """What was done and did not pass, and what was wrong with it."""
        said = self._say("上次报的结果（没通过）：{result}", result=cut(result, 600))
        return f"{said}\n{self._say('↩️ 要返工：{why}', why=cut(why, 600))}" if why else said

    def card_undecided(self, finish: datetime, longer: datetime | None) -> str:
        """While the centre decides: the day that holds, and the one that would."""
        if longer is None:
            return self._say("⏰ {finish} 前办结", finish=finish)
        return self._say("⏰ 原定 {finish} 前办结，同意延期就到 {longer}", finish=finish, longer=longer)

    def card_media(self, pictures: int, played: int, hidden: int, sealed: int, papers: int = 0) -> str:
        """How many files belong to it, and why some of them are not shown."""
        parts = [
            self._say("照片 {count} 张", count=pictures) if pictures else "",
            self._say("视频、语音 {count} 段", count=played) if played else "",
            self._say("文件 {count} 个", count=papers) if papers else "",
            self._say("{count} 个文件打不开，没有转来", count=hidden) if hidden else "",
            self._say("语音、视频 {count} 段，保密不外传", count=sealed) if sealed else "",
        ]
        said = self._say("；").join(part for part in parts if part)
        return f"📎 {said}" if said else ""

    def card_how(self, link: str) -> str:
        """How to give words and photos; `link` leads from a group into the private chat."""
        if not link:
            return self._say("有进展，直接回复这条消息就行，可以带照片。")
        privately = f'<a href="{link}">{self._say("在私聊里办")}</a>'
        return self._say("有进展，直接回复这条消息就行，可以带照片。也可以{raw_link}。", raw_link=privately)

    def album(self, number: str, source: str, *, new: bool) -> str:
        """Under the pictures of a case (plain text)."""
        if source in {"report", "hidden"}:
            return self._say("{number} 上报人补充的照片" if new else "{number} 上报人的照片", number=number)
        if source == "look":
            return self._say("{number} 网格员拍的照片", number=number)
        return self._say("{number} 处置后的照片" if source == "result" else "{number} 处置中的照片", number=number)

    def film(self, number: str, kind: str) -> str:
        """Under a video or voice message (plain text). `kind` as Telegram calls it."""
        heard = kind in {"voice", "audio"}
        return self._say("{number} 上报人的语音" if heard else "{number} 上报人的视频", number=number)

    def stub(self) -> str:
        """In a group nothing more is ever said of a confidential case."""
        return self._say("收到1件保密件，已单独发给值班人员。")

    def action(self, action: str, unit: str = "") -> str:
        """The words on a button (not escaped)."""
        return self._say(ACTIONS[action]).format(unit=unit) if "{" in ACTIONS[action] else self._say(ACTIONS[action])

    def done_toast(self, action: str) -> str:
        """A callback toast after a press that worked."""
        phrase = {
            "accept": "签收成功，请尽快联系。",
            "contact": "已记录到场/联系。",
            "confirm": "核查通过，已请上报人评价。",
            "dispatch": "已派单。",
            "reassign": "已改派。",
        }.get(action, "已记录。")
        return self._say(phrase)

    def asked(self, name: str, telegram_id: int) -> str:
        """Begins a request in a group, so that the right person's phone opens the reply."""
        return f'<a href="tg://user?id={telegram_id}">{self._say("{name}", name=name)}</a>　'

    def give_progress(self, number: str) -> str:
        """Asks for words on the progress."""
        return self._say("请回复这条消息，说说 {number} 的进展（可以带照片）。", number=number)

    def give_result(self, number: str, photo: bool) -> str:
        """Asks for the result, and the picture after it."""
        phrase = (
            "请<b>回复这条消息</b>报办结 {number}：与谁沟通、怎么解决、何时完成，再附一张现场照片。"
            if photo
            else "请<b>回复这条消息</b>报办结 {number}：与谁沟通、怎么答复、何时完成。"
        )
        return self._say(phrase, number=number)

    def give_failure(self, number: str) -> str:
        """Asks why the check failed."""
        return self._say("请回复这条消息，说说 {number} 哪里没通过。", number=number)

    def photo_too(self, number: str) -> str:
        """Words came without the photo. The number is there because the answer may be a reply to this."""
        return self._say("{number} 文字记下了，还差一张现场照片，请回复这条消息发过来。", number=number)

    def words_too(self, number: str) -> str:
        """The photo came without words."""
        return self._say(
            "{number} 照片记下了，还差文字说明：与谁沟通、怎么解决、何时完成。请回复这条消息。", number=number
        )

    def question_over(self, number: str) -> str:
        """To a reply to a question that is answered already, or was put to somebody else."""
        return self._say(
            "这句没有记：{number} 的这一问已经过去，或者问的不是您。请在卡片上再点一次按钮，再写。", number=number
        )

    def words_please(self, number: str) -> str:
        """A reason was asked for and something else came."""
        return self._say("{number} 请用文字回复这条消息。", number=number)

    def progress_noted(self, number: str) -> str:
        """Progress is kept."""
        return self._say("已记到 {number}，上报人会收到。", number=number)

    def photo_noted(self, number: str) -> str:
        """Progress without words is kept, and shown to nobody yet."""
        return self._say("照片已存到 {number}。想让上报人知道进展，请再回复一句话。", number=number)

    def resolved(self, number: str) -> str:
        """The result is kept and goes to verification."""
        return self._say("{number} 已报办结，等核查通过后请上报人评价。", number=number)

    def answered(self, number: str) -> str:
        """The answer to a question is kept and goes to the one who asked."""
        return self._say("{number} 已答复，已请上报人评价。", number=number)

    def rework_noted(self, number: str) -> str:
        """A failed check is kept."""
        return self._say("{number} 已退回返工，责任单位会看到您写的原因。", number=number)

    def verify_card(self, case: Case, matter: str, unit: str | None, raw_doubts: Sequence[str] = ()) -> str:
        """Asks a supervisor or dispatcher to look; `raw_doubts` are lines about what is not as it should be."""
        lines = [
            self._say("🔍 <b>请核查　{matter}</b>\n{number}", matter=matter, number=case.number),
            self.card_words(case),
            self.card_place(case.place),
            self._say("{unit}说：{result}", unit=unit or self._say("责任单位"), result=cut(case.result or "", 1500)),
            *raw_doubts,
        ]
        return "\n".join(line for line in lines if line)

    def judged(self, card: str, verdict: str) -> str:
        """The same when it is decided."""
        said = self._say("✅ 已核查通过" if verdict == "confirm" else "↩️ 核查没通过，已退回返工")
        return f"{card}\n<b>{said}</b>"

    def supplement(self, number: str, words: str, from_whom: str) -> str:
        """Words that a unit or the centre must read: of the reporter, a failed check, a 重办, a wish, a decision."""
        phrase = {
            "danger": "‼️ <b>{number}</b> 上报人补充说有<b>险情</b>，已加急：{words}",
            "check": "↩️ <b>{number}</b> 核查没通过，请返工：{words}",
            "thanks": "🌸 <b>{number}</b> 居民送来一份感谢：{words}",
            "redo": "🔁 <b>{number}</b> 上报人说没解决，请重办：{words}",
            "rest": "📄 <b>{number}</b> 上报人的话（接上）：{words}",
            "corrected": "✏️ <b>{number}</b> 上报人更正：{words}",
            "centre": "📝 <b>{number}</b> 中心摘要：{words}",
            "joiner_more": "➕ <b>{number}</b> 也遇到的居民补充：{words}",
            "add_more": "➕ <b>{number}</b> 上报人接连补充，合在一起：{words}",
            "joiner_add_more": "➕ <b>{number}</b> 也遇到的居民接连补充，合在一起：{words}",
            "extension_review": "⏳ <b>{number}</b> 责任单位申请延期：{words}",
            "return_review": "↩️ <b>{number}</b> 责任单位退单：{words}",
            "insisted": "📌 <b>{number}</b> 退单没有同意，请接着办：{words}",
            "assigned": "📌 <b>{number}</b> 指定由您单位办理，不能再退：{words}",
            "handed": "🤝 <b>{number}</b> {words}转给您经办，请接着办。",
            "shelved": "🗄 <b>{number}</b> 已挂账，时限暂停，到期恢复：{words}",
            "resumed": "▶️ <b>{number}</b> 恢复办理，请接着办，时限见最新的卡片。",
            "granted": "✅ <b>{number}</b> 同意延期：{words}",
            "declined": "❌ <b>{number}</b> 没同意延期，请按原来的时间办：{words}",
            "answered": "💬 <b>{number}</b> 上报人回答：{words}",
            "answer": "💬 <b>{number}</b> 上报人回答：{words}",
            "answer_file": "💬 <b>{number}</b> 上报人用照片或语音回答了。",
            "no_answer": "⌛ <b>{number}</b> 等了三天，上报人没有补充。请按现有的材料定。",
            "object": "🙋 <b>{number}</b> 上报人不同意，请再看一次：{words}",
            "look": "👀 <b>{number}</b> 网格员看到：{words}",
            "diverted": "🚨 <b>{number}</b> 网格员已转紧急专线 {words}\n不用专线办的，请派给单位。",
            "relapse": "🔁 <b>{number}</b> 又反复了，请重办：{words}",
            "same_picture": "📷 <b>{number}</b> 处置后的照片和以前的一样。请回复这条消息，补一张处置后新拍的照片。",
            "used_picture": "📷 <b>{number}</b> 处置后的照片在 {words} 里用过，请看清楚再下结论。",
            "used_secret": "📷 <b>{number}</b> 处置后的照片在另一件保密件里用过，请看清楚再下结论。",
            "withdrawn": "↩️ <b>{number}</b> 上报人撤回了，不用再去办。",
            "wish_back": "↩️ <b>{number}</b> 上报人想撤回，请您定。",
            "taken": "➡️ <b>{number}</b> 改由别的单位办，您单位不用再去办。",
            "overseen": "📌 <b>{number}</b> 挂牌督办：{words}",
            "spared": "🛡 <b>{number}</b> 认定容错，黄牌、红牌不追究：{words}",
            "released": "📌 <b>{number}</b> 解除督办：{words}",
            "joiner": "🙋 <b>{number}</b> 另一位居民也遇到了：{words}",
        }.get(from_whom, "➕ <b>{number}</b> 上报人补充：{words}")
        return self._say(phrase, number=number, words=cut(words, 3000))

    def urged_card(self, number: str, count: int) -> str:
        """The reporter urges."""
        return self._say("⏰ <b>{number}</b> 上报人催办（第 {count} 次），请尽快答复。", number=number, count=count)

    def card_joined(self, count: int) -> str:
        """How many besides the reporter it concerns."""
        return self._say("🙋 另有 {count} 位居民也遇到", count=count)

    def joined_alarm(self, number: str, count: int) -> str:
        """To the dispatchers: it concerns many, or (0) somebody whom it concerns says that it is not solved."""
        if not count:
            return self._say("🙋 <b>{number}</b> 已办结，但有一位“我也遇到”的居民说没解决，请看一眼。", number=number)
        return self._say(
            "🙋 <b>{number}</b> 已有 {count} 位居民也遇到，请看看要不要提级或加急。", number=number, count=count
        )

    def status_for_unit(self, status: Status) -> str:
        """Where a case stands, in the unit's words."""
        return self._say(STATUSES[status])
