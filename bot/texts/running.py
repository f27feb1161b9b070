"""What admins read, refusals, and words for when something went wrong."""

from datetime import datetime

from bot.texts.language import Phrases
from bot.texts.standing import NOT_YOURS

TROUBLES = {
    "no_writing": "数据库写不进去，新消息先留在 Telegram 那边。请查磁盘和数据库服务。",
    "deaf": "听不到 Telegram。请查网络、代理和令牌。",
    "undelivered": "Telegram 有消息送不进 webhook。请查域名、证书和反向代理；yashu doctor 会说出它遇到的错误。",
    "backlog": "收到的消息处理不过来，最早的已等了一分钟。请看日志。",
    "not_sending": "要发的消息发不出去。请查网络，看日志。",
    "little_room": "磁盘快满了。请尽快清理。",
    "dead_letters": "有消息没办法处理或送达。请运行 yashu doctor 查看。",
}
"""What is told outside of Telegram, by the word of bot/jobs/health.py."""


class RunningTexts:
    """Sentences about running the installation."""

    _say: Phrases

    def sorry(self) -> str:
        """A neutral word: we could not deal with a message, a person looks at it."""
        return self._say("刚才那条消息我没处理好，已经请工作人员来看，您的内容没有丢。急事请先打 110、119、120。")

    def trouble(self, place: str, what: str) -> str:
        """To those who look after the machine, by mail or a group robot (plain text)."""
        return self._say("伢叔（{raw_place}）：{raw_what}", raw_place=place, raw_what=self._say(TROUBLES[what]))

    def trouble_over(self, place: str, what: str) -> str:
        """The same, when it is over."""
        words = self._say(TROUBLES[what])
        return self._say("伢叔（{raw_place}）：好了，已恢复。之前是：{raw_what}", raw_place=place, raw_what=words)

    def alarm(self, what: str, **facts: object) -> str:
        """What is wrong, for admins."""
        phrase = {
            "update_dead": "⚠️ 有消息多次处理失败，已存为死信（{error}）。用 yashu doctor 查看。",
            "outbox_dead": "⚠️ 有一条要发的消息发不出去，已存为死信（发件行 {row}，{kind}）。用 yashu doctor 查看。",
            "group_lost": "⚠️ “{unit}”的群我进不去了，案件改为私下发给值班人员。请把我加回去，再发 /bind。",
            "neighbours_lost": "⚠️ “{place}”的居民群我进不去了。要接着用，请把我加回去，再发 /bind。",
            "group_moved": "ℹ️ “{unit}”的群升级成了超级群，绑定和在办案件的卡片都已跟过去。",
            "webhook_moved": "⚠️ 收消息的地址（webhook）被改到了别处，已经改回来。如果不是自己人改的，请马上换令牌。",
            "no_room": "⚠️ 磁盘快满了，照片和视频存不下，先放着等。请尽快清理。",
            "no_calendar": "⚠️ 没有 {year} 年的节假日数据，明年按周一到周五算。请更新软件或提供节假日文件。",
            "clocks_failed": "⚠️ 案件 {number} 的提醒出错了（{error}），先放一放再试，其他案件照常。请看日志。",
            "backup_failed": "⚠️ 备份没做成（{error}）。请看日志，检查备份文件夹和磁盘。一小时后会再试。",
            "no_dispatcher": "⚠️ 案件 {number} 反映的是指挥中心的人，没有别的研判员可以办，请指定一位。",
            "nobody": "⚠️ 案件 {number} 没有人可以通知，请检查单位和值班。",
            "unsigned_long": "🔴 红色案件 {number} 一直没有人签收！",
            "untriaged_long": "⚠️ 案件 {number} 一直没有人研判，请看看指挥中心有没有人值班。",
            "undispatched_long": "⚠️ 案件 {number} 一直没有派出去，请看看指挥中心有没有人值班。",
            "undecided_long": "⚠️ 案件 {number} 一直等着中心定夺，请看看指挥中心有没有人值班。",
            "unverified_long": "⚠️ 案件 {number} 一直没有人核查，请看看指挥中心有没有人值班。",
        }[what]
        return self._say(phrase, **facts)

    def bind_choose(self, unit: str | None) -> str:
        """Which unit is this group's? It may have one already."""
        if unit:
            return self._say("本群现在是“{unit}”的工作群。要换成哪个单位？", unit=unit)
        return self._say("这个群是哪个单位的工作群？")

    def bind_unknown(self, words: str) -> str:
        """What came behind /bind is no unit."""
        return self._say("没有叫“{words}”的单位，请在下面选：", words=words)

    def bind_more(self, shown: int) -> str:
        """There are more units than buttons."""
        return self._say("单位太多，只列出 {shown} 个。请写上名称，例如：/bind 新茂社区", shown=shown)

    def bound(self, unit: str) -> str:
        """After binding."""
        return self._say("好了，本群是“{unit}”的工作群，案件会发到这里。", unit=unit)

    def only_in_group(self) -> str:
        """/bind in a private chat."""
        return self._say("请到工作群里发 /bind。")

    def group_hello(self) -> str:
        """The bot was added to a group."""
        return self._say("大家好，我是伢叔。请管理员在这里发 /bind，选这个群是哪个单位的；居民群也可以由网格员来发。")

    def group_stranger(self) -> str:
        """The bot was added by somebody who is no admin."""
        return self._say("我只在工作群和居民群里干活。要用我，请先找本区的管理员或网格员。再见。")

    def report_in_private(self) -> str:
        """/start or /report in a group."""
        return self._say("有事请私下跟我说，群里谁也看不到。")

    def report_button(self) -> str:
        """URL button to the private chat."""
        return self._say("去跟伢叔说")

    def refused(self, refusal: str, **facts: object) -> str:
        """A short, polite no. `refusal` is the name of the rule's error."""
        phrase = {
            "NotFound": "没有找到这件事。请核对编号。",
            "NotYours": "这一步不归您办。",
            "OutsideTown": "镇街只能改派给本镇街的单位。要往上走，请点「升到上一级」。",
            "MoveNotAllowed": "这件事现在不能这样操作，请看最新的卡片。",
            "Taken": "已被{name}签收。",
            "NoteRequired": "请写几句说明。",
            "EvidenceRequired": "请附一张照片。",
            "OldEvidence": "这张照片这件事里已经有了。请发处置后新拍的照片，连同说明一起发。",
            "TooSoon": "还没到时候，{at} 以后才能催。有新情况请点「补充」。",
            "RemindedToday": "今天已经提醒过了，明天还可以再提醒。",
            "TooLate": "已经过了时间，不能再这样操作了。有话可以随时补充。",
            "NotOpen": "这一步已经过去了。",
            "Assigned": "这件退过两次，已经指定办理，不能再退。实在办不了，请申请升级或协同。",
            "WindowOver": "退单要在 {at} 前提出，现在已经过了。办不了请签收后申请延期、升级或协同。",
            "Confidential": "这是保密件，不能叫别的单位一起来。请私下联系。",
            "InvitationGone": "这张邀请用不了了：可能已经用过，或者过期了。请向发给您的人再要一张。",
            "AlreadyMember": "您已经在花名册里了，登记的名字是{name}。这张邀请没有用掉。",
            "AppliedAlready": "您的报名已经交上去了，等社区答复就好。",
            "AlreadyWhistles": "您已经是人民吹哨员了。发 /apply 可以看看。",
            "AppliedOften": "最近报过几次名了，{at} 以后再来吧。有疑问可以先问问社区。",
            "RestFirst": "您报得不少了，先歇一歇，{at} 以后再交。写好的都留着。有危险的，随时照收。",
            "Muted": "您的上报暂停到 {at}，写好的先留着。有危险的照样收。",
            "SecondPersonRequired": "这一步要两个人同意。",
            "NobodyMeant": "选的范围里没有能收到的人，请换个范围。",
            "NoDuty": "这是给有巡查、走访任务的人用的。如果您也是，请找管理员登记。",
            "EnoughPlaces": "一个人最多关注 {most} 个地方。发 /follow 先停一个，再关注新的。",
            "Decided": "{name}已经处理过了，请看最新的卡片。",
            "WordsChanged": "公示的文字刚刚改过，请看最新的卡片再点。",
            "RoundOver": "这次已经结束，不再收了。有急事请直接打电话给社区。",
            "ChangedMeanwhile": "刚才有人改过了，这一下没有算数。请再打开看看最新的。",
            "OrderKnown": "这张12345工单已经录过了，编号 {number}。",
            "NoContact": "上报人不希望被联系，请按现有材料办。",
            "NoDate": "没看明白哪一天。请写成“11月30日17:00”“明天中午”“2个工作日”这样。",
            "OnlyEarlier": "只能比 {at} 早，也要在现在以后。要延期，请让责任单位申请。",
            "OldCard": "这是前些天的单子了。发 /patrol 看今天的。",
        }.get(refusal, "现在不能这样操作。")
        if refusal == "NotYours":
            phrase = NOT_YOURS.get(str(facts.get("action")), phrase)
        if "{" in phrase and not facts.keys() >= {phrase[phrase.index("{") + 1 : phrase.index("}")]}:
            phrase = "现在不能这样操作。"
        return self._say(phrase, **{name: fact for name, fact in facts.items() if isinstance(fact, str | datetime)})

    def anonymous_admin(self) -> str:
        """An anonymous group admin sent a command."""
        return self._say("您现在是匿名管理员，我认不出您。请点按钮操作，或先关掉匿名。")
