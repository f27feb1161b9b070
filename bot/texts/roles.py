"""What people are: one name for each role, wherever it stands."""

from bot.texts.language import Phrases

ROLES = {
    "all": "全部工作人员",
    "grid_member": "网格员",
    "household_head": "中心户",
    "informer": "信息员",
    "building_head": "楼栋长",
    "whistleblower": "人民吹哨员",
    "responder": "处置人",
    "dispatcher": "研判员",
    "admin": "管理员",
    "resident": "订阅了消息的居民",
}


class RoleTexts:
    """The names of roles."""

    _say: Phrases

    def role(self, role: str) -> str:
        """A role, as it stands on buttons and cards."""
        return self._say(ROLES[role])
