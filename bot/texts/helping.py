"""The menus of commands, and what /help tells of each: in plain words, with an example."""

from collections.abc import Sequence

from bot.texts.language import Phrases

WORDS = {
    "start": "反映问题",
    "mine": "我的上报",
    "mygrid": "我的网格员",
    "follow": "关注我家附近的消息",
    "apply": "当人民吹哨员",
    "queue": "等着研判的件",
    "callbacks": "要回访的件",
    "orders": "我的单和找件",
    "record": "代录来电、短信、12345工单",
    "patrol": "今天的巡查",
    "mysheet": "我的考核单",
    "stats": "办件情况",
    "units": "单位",
    "duty": "谁在值班",
    "handover": "移交在办件",
    "works": "停水停电施工通知",
    "grid": "网格",
    "people": "花名册",
    "broadcast": "发通知",
    "broadcasts": "发过的通知",
    "rollcall": "平安报到",
    "task": "走访任务",
    "fake": "认定虚假上报",
    "mutes": "正在停报的",
    "card": "出示工作证",
    "settings": "设置",
    "help": "怎么用",
    "cancel": "这次不报了",
    "language": "语言 / Language",
    "mydata": "下载我的上报",
    "forget": "删除我的资料",
    "bind": "绑定一个群（管理员、网格员）",
    "report": "反映问题",
    "notice": "在群里置顶通知（网格员、管理员）",
}
MORE = {
    "queue": "/queue 列出等着研判的件，急的、遇到的人多的在前，点开就能派。保密件只在私聊里看得到。",
    "callbacks": "/callbacks 列出要回访的件，过期的在前。红色件、评价不满意的都要访，其他的抽一成。\n"
    "让我去问，或者打电话（要上报人愿意），再记下解决没有、满不满意。",
    "orders": "/orders 看我的单、本单位的单、超期的单、待核查的单、等我处理的，点开就能办，可以导出表格。\n"
    "找件：/orders 261126-003　/orders 新茂社区　/orders 新茂社区 路灯。",
    "record": "/record 代录一件：选电话、短信还是12345，写回电号码和对方说的事。结果会先告诉您，您再回电。\n"
    "12345 的例子：2026112600123 11月30日17:00。同一张工单只录一次。",
    "patrol": "/patrol 打开今天的巡查单，点一点就记好了；发现问题，点「上报」就成了一件。\n"
    "/patrol month 看本月的记录。",
    "mysheet": "/mysheet 看您本季度的考核单，每一项怎么算都写着。有异议，出单后 5 天内可以申诉。",
    "stats": "/stats 看办件情况：收到、派出、结案、按期、满意、挂账、回访，每个数都写着怎么算。点「看事项」按事项看。\n"
    "例如：/stats 本月　/stats 上季　/stats 新茂社区　/stats 今年 xlsx（发表格）。",
    "units": "/units 看所有单位；/units 城管 按名称、编码或类别找。\n"
    "点开一个单位：有谁在值班、有没有工作群、接哪些事项、在办几件。管理员可以改。",
    "works": "/works 通知居民停水停电、施工：选地方，写什么时候、什么事、找谁。\n"
    "关注了这个地方的居民会收到，人多的要管理员同意。",
    "duty": "/duty 看现在谁值班、您的班和一个月的值班表，可以跟同事换班。\n"
    "负责人和管理员在这里改周值班表、记请假和替班。",
    "handover": "/handover 有人离开时，把手上没办完的一次交给同事，或者退回单位。例如：/handover 李建国。\n"
    "单位负责人交本单位的，管理员都可以交。",
    "grid": "/grid 看网格；/grid 新茂 按名称或编码找。\n"
    "点开一处：上级、户数、谁负责、在办几件、以前是什么，还有二维码和图。"
    "管理员可以改，可以拆分、合并、换上级。",
    "people": "/people 找人：发姓名、网格名称或电话后四位，例如 /people 钱丽。\n点开可以邀请、停用、换人、离岗。",
    "broadcast": "/broadcast 给很多人发通知：选角色、地方、标签，发内容，先看样子再发，可以定时。\n"
    "例如：/broadcast 新茂社区。人多的要第二位管理员同意。",
    "broadcasts": "/broadcasts 看发过和正在发的通知，可以暂停、停止，看谁没读、谁回复了。\n"
    "例如：/broadcasts 12 打开第 12 号。",
    "rollcall": "/rollcall 发起平安报到：选地方，各户主动报平安，总表随时更新，到时间自动结束。",
    "task": "/task 发走访任务：选地方，写清楚要做什么，看各中心户完成了几户。",
    "fake": "/fake 编号 原因：认定一件上报是虚构的，例如：/fake 261125-001 现场没有这回事。会影响上报人的考核分。",
    "mutes": "/mutes 看谁正在停报：只写件的编号、原因、停到哪天，看不到是谁。点一下就解除。",
    "card": "/card 出示工作证：给居民扫码核对，十分钟有效，一个码只给一个人看。",
    "settings": "/settings 看和改设置：您自己的语言、提醒时间；管理员还可以看和改系统设置。",
    "bind": "把我拉进群，在群里发 /bind，再点是哪个单位的工作群或哪里的居民群。\n例如：/bind 新茂社区。",
    "notice": "在居民群里发 /notice 停水通知：明天八点到十二点停水。我会发出来并置顶。",
}


class HelpTexts:
    """Sentences of /help and of the menus."""

    _say: Phrases

    def menu_of(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """Commands with what they are for, for a menu."""
        return [(name, self._say(WORDS[name])) for name in names]

    def duty_list(self, names: Sequence[str]) -> str:
        """Under the welcome, for those with duties: what else they can send."""
        lines = [
            self._say("/{raw_name}　{raw_words}", raw_name=name, raw_words=words) for name, words in self.menu_of(names)
        ]
        return "\n".join([self._say("您还可以用："), *lines])

    def help_more(self) -> str:
        """Above the buttons of the commands that are explained."""
        return self._say("想看哪个怎么用？点一下，或者发 /help 加命令，例如 /help stats。")

    def help_on(self, name: str) -> str:
        """One command with an example."""
        return self._say("<b>{raw_words}</b>", raw_words=self._say(WORDS[name])) + "\n" + self._say(MORE[name])

    def help_unknown(self, words: str) -> str:
        """/help with a command that is none, or none of theirs."""
        return self._say("没有“{words}”这个命令可以讲。您能用的在下面：", words=words)

    def help_topic(self, name: str) -> str:
        """The words of a command on a button."""
        return self._say(WORDS[name])
