"""不予受理 and 告知法定途径: the closed lists, each naming the body to turn to, and what the reporter reads of it."""

from bot.cases.actions import Action
from bot.texts.language import Phrases

REASONS = {
    "elsewhere": ("不在本区", "这件事不在本区，我们管不到。请打当地的 12345，或找当地的社区、镇街。"),
    "court": (
        "法院或仲裁在办",
        "这件事法院或仲裁机构正在办，或者已经判过、裁过了。请找承办的法院（诉讼服务热线 12368）或仲裁委员会。",
    ),
    "private": (
        "个人之间的民事纠纷",
        "这是个人之间的民事纠纷，要双方谈或由司法来定。可以先找村社区的人民调解委员会，免费；"
        "也可以打 12348 问法律，或向法院起诉。",
    ),
    "decided": (
        "已有处理决定",
        "这件事已经依法处理过，没有新的情况。对处理决定不服的，请按决定书上写的期限和机关申请复议、复核，或向法院起诉。",
    ),
    "facts": (
        "没有可查的事实",
        "没有写明时间、地点和经过，我们没法去查。请您想起来以后再报一次；掌握证据的违法线索，可以向公安机关或主管部门举报。",
    ),
    "contract": (
        "企业服务合同纠纷",
        "这是和企业之间的合同、收费问题。请先找企业客服；谈不成的，消费纠纷打 12315，供电打 12398，电信找通信管理局。",
    ),
    "work": ("单位内部的事", "这是单位内部的人事、管理问题。请先找本单位或它的上级；涉及工资、社保的，打 12333。"),
}
ROUTES = {
    "lawsuit": ("诉讼", "这件事要走诉讼：请向有管辖权的人民法院起诉（诉讼服务热线 12368，法律咨询 12348）。"),
    "arbitration": (
        "仲裁",
        "这件事要先走仲裁：劳动争议请向劳动人事争议仲裁委员会申请（热线 12333），合同里写了仲裁的找约定的仲裁委员会。",
    ),
    "discipline": ("纪检监察", "反映公职人员的问题，请向纪检监察机关举报（热线 12388），我们不转给被反映的单位。"),
    "review": (
        "行政复议",
        "对行政机关的决定不服，请在知道决定之日起六十日内向行政复议机构（司法局）申请行政复议，可以打 12348 咨询。",
    ),
    "disclosure": (
        "信息公开",
        "要看政府的文件、信息，请向保存它的行政机关的信息公开机构申请信息公开，网站和窗口都可以。",
    ),
    "petition": ("信访", "这件事请走信访：可以到区信访局，或在国家信访局的网站、小程序上提。十五日内告诉您受不受理。"),
}
LISTS = {Action.REJECT.value: REASONS, Action.REFER.value: ROUTES}


class TurningAwayTexts:
    """Sentences for what is somebody else's to solve."""

    _say: Phrases

    def way(self, action: str, key: str) -> str:
        """Button: one of the reasons or routes."""
        return self._say(LISTS[action][key][0])

    def way_in_words(self, note: str, action: str) -> str:
        """A line of history in words: the reason, and what the dispatcher added."""
        key, _, words = note.partition("\n")
        if key not in LISTS[action]:
            return note
        label = self._say(LISTS[action][key][0])
        return f"{label}：{words}" if words else label

    def turned_away(self, number: str, action: str, key: str, words: str) -> str:
        """To the reporter: why not here, and where."""
        why = self._say(LISTS[action][key][1])
        said = (
            self._say("您反映的 <b>{number}</b>，我们看过了，这次没法受理。\n{raw_why}", number=number, raw_why=why)
            if action == Action.REJECT
            else self._say("您反映的 <b>{number}</b>，有专门的法定途径来解决。\n{raw_why}", number=number, raw_why=why)
        )
        return self._say("{raw_said}\n{words}", raw_said=said, words=words) if words else said

    def may_object(self) -> str:
        """Under it, for the one who reported."""
        return self._say("您要是不同意，5个工作日内点一下，我们再看一次。")

    def turn_away_sure(self, said: str) -> str:
        """To the dispatcher: what the reporter will read."""
        return self._say("上报人会看到：\n\n{raw_said}\n\n想加一句，直接回复这条消息。", raw_said=said)

    def give_reason(self, number: str) -> str:
        """Asks for a sentence of the dispatcher's own."""
        return self._say("请回复这条消息，给 {number} 的上报人写一句说明。", number=number)

    def turn_away_yes(self) -> str:
        """Button."""
        return self._say("✅ 就这样告诉上报人")

    def turned_away_done(self, number: str) -> str:
        """To the dispatcher, when it is done."""
        return self._say("{number} 已告诉上报人。不同意的话，5个工作日内可以提一次。", number=number)

    def button_object(self) -> str:
        """Button: the reporter does not agree."""
        return self._say("🙋 我不同意")

    def object_why(self, number: str) -> str:
        """Asks why not."""
        return self._say("请说说 {number} 为什么应当受理，文字、照片、语音都行。", number=number)

    def object_simply(self) -> str:
        """Button: without words."""
        return self._say("不多说，请再看看")

    def objected_case(self, number: str) -> str:
        """It is looked at once more."""
        return self._say("好的，{number} 请指挥中心再看一次，结果告诉您。", number=number)

    def give_reconsideration(self, number: str) -> str:
        """Asks why a case that was turned away is taken back."""
        return self._say("请回复这条消息，写一句 {number} 为什么要重新研判。", number=number)

    def reconsidered(self, number: str) -> str:
        """To the dispatcher, when it waits for triage again."""
        return self._say("{number} 重新研判，已告诉上报人。", number=number)

    def line_called(self, number: str, line: str, place: str) -> str:
        """To the dispatcher who hands it to an emergency line: what is to be done now."""
        return self._say(
            "🚨 {number} 请马上拨打 <b>{line}</b>，报地点：{place}。\n"
            "这件事不关：接处以后点「已接处」，还要单位办就派单。",
            number=number,
            line=line,
            place=place,
        )

    def give_taken_over(self, number: str) -> str:
        """Asks what the emergency line did."""
        return self._say("请回复这条消息，写 {number} 谁接的警、怎么处置的。上报人会看到。", number=number)

    def taken_over_noted(self, number: str) -> str:
        """It is booked."""
        return self._say("{number} 已记为专线已接处，已请上报人评价。", number=number)
