"""What the person at the console reads of `yashu grid` and `yashu units`: mistakes of files, what was entered."""

from bot.cases.sheet import Mistake
from bot.texts.console_people import MISTAKES as OF_TABLES
from bot.texts.console_people import NUMBER_CUT
from bot.texts.console_tables import TableTexts

REDRAW = (
    "请用 yashu redraw split、merge 或 move，那样会保留历史",
    "use yashu redraw split, merge or move, which keep history",
)
MISTAKES = {
    **OF_TABLES,
    # files
    "file_kind": (
        "看不懂这种文件，请给 .csv、.xlsx、.geojson 或 .json。",
        "Unknown kind of file; give .csv, .xlsx, .geojson or .json.",
    ),
    "json_broken": (
        "JSON 在这里断了，文件不完整或写错了，请重新导出。",
        "The JSON is broken here: the file is cut off or damaged. Export it again.",
    ),
    "not_collection": (
        "这不是 GeoJSON 的 FeatureCollection，请按 GeoJSON 导出。",
        "This is no FeatureCollection of GeoJSON; export it as GeoJSON.",
    ),
    "no_features": ("文件里没有要素。", "There are no features in it."),
    "not_wgs84": (
        "坐标系不是 WGS84，请先转换成 WGS84（EPSG:4326）再导出。",
        "The coordinates are not WGS84; convert them to WGS84 (EPSG:4326) first.",
    ),
    "no_feature": ("这一个不是 Feature，或没有属性。", "This is no Feature, or it has no properties."),
    "property_unread": ("属性“{value}”不认识，没有读。", "The property “{value}” is unknown and was not read."),
    # cells
    "code_missing": ("没有写编码。", "The code is missing."),
    "code_wrong": (
        "编码“{value}”不对，只能用字母、数字、- 和 _，最多 40 个。",
        "“{value}” is no code: letters, digits, - and _ only, 40 at most.",
    ),
    "number_cut": NUMBER_CUT,
    "code_twice": (
        "编码“{value}”重复了，第 {other} 行（个）已经有。请去掉一个，或换一个编码。",
        "The code “{value}” is there already, at {other}. Remove one or give it another code.",
    ),
    "said_differently": (
        "“{value}”和表格第 {other} 行写的不一样。请改成一样，或只写一处。",
        "“{value}” is not what line {other} of the table says. Make them alike, or say it once.",
    ),
    "place_unnamed": ("没有写名称。", "The name is missing."),
    "unreadable": ("“{value}”里有看不见的字符，请删掉重打。", "“{value}” has signs that cannot be seen; type it anew."),
    "level_missing": ("没有写层级。", "The level is missing."),
    "level_unknown": (
        "不认识的层级“{value}”，写区、镇街、村社区、小组、楼栋，或 1 到 5。",
        "Unknown level “{value}”; write district, town, community, group, building, or 1 to 5.",
    ),
    "too_many_parts": ("这一格写得太多，最多 {value} 个。", "Too many in one cell, {value} at most."),
    "number_wrong": ("“{value}”不是户数，写整数，如 35。", "“{value}” is no number of households; write one like 35."),
    "degrees_wrong": ("“{value}”不是经纬度，写成 32.19。", "“{value}” are no degrees; write them like 32.19."),
    "day_wrong": ("日期“{value}”看不懂，写成 2026-12-31。", "“{value}” is no day; write 2026-12-31."),
    "day_ahead": (
        "日期“{value}”还没到。请到那天再导入，或写今天以前的日期。",
        "The day “{value}” has not come; import it then, or write an earlier day.",
    ),
    "ends_before": ("停用日期 {value} 早于生效日期 {other}。", "It ends on {value}, before it begins on {other}."),
    "half_a_point": ("纬度和经度要么都写，要么都不写。", "Give both latitude and longitude, or neither."),
    # coordinates and shapes
    "coordinates_swapped": (
        "坐标 {value} 的经度和纬度反了，请对调。",
        "Longitude and latitude are swapped at {value}; change them over.",
    ),
    "coordinates_outside": (
        "坐标 {value} 不在中国范围内，请检查坐标系（要 WGS84 的度数）。",
        "{value} is not in China; are these degrees of WGS84?",
    ),
    "coordinates_wrong": ("坐标写得不对：{value}。", "The coordinates are no lists of numbers: {value}."),
    "coordinates_nan": ("坐标里有不是数的值：{value}。", "There is something that is no number: {value}."),
    "geometry_kind": (
        "边界要用 Polygon 或 MultiPolygon，不是“{value}”。",
        "A boundary is a Polygon or MultiPolygon, not “{value}”.",
    ),
    "ring_short": (
        "边界的点太少（{value} 附近），一圈至少 4 个点。",
        "A ring near {value} has too few points; 4 are the least.",
    ),
    "ring_open": (
        "边界没有闭合（{value} 附近），最后一点要和第一点相同。",
        "The boundary is not closed near {value}: the last point must be the first.",
    ),
    "boundary_crosses": (
        "边界自己相交，在 {value} 附近，请改好。",
        "The boundary crosses itself near {value}; mend it.",
    ),
    "boundary_crooked": ("边界的形状不对：{value}。", "The boundary is no proper area: {value}."),
    "hole_outside": ("边界里的洞跑到外面去了，在 {value} 附近。", "A hole lies outside of its area, near {value}."),
    "boundary_of_nobody": (
        "没有编码为“{value}”的网格，这个边界不知道是谁的。请改编码，或先在表格里写上它。",
        "There is no place with the code “{value}” for this boundary. Mend the code, or add it to the table.",
    ),
    "overlap": ("{value} 互相重叠 {other}。请把边界改好。", "{value} overlap by {other}. Mend their boundaries."),
    "outside_parent": (
        "{value}：前者有 {other} 在上级之外。请把边界改好。",
        "{value}: of the first {other} lie outside of its parent. Mend the boundary.",
    ),
    # the tree
    "parent_missing": (
        "没有写上级编码（应当是一个{value}）。",
        "The parent is missing; it should be one level up ({value}).",
    ),
    "parent_unknown": (
        "没有编码为“{value}”的上级。请改编码，或把上级也写进表里。",
        "There is no parent with the code “{value}”. Mend the code, or add the parent to the table.",
    ),
    "depth_wrong": (
        "层级是{value}，上级却是{other}；上级要正好高一级。",
        "The level is {value} but the parent's is {other}; a parent is exactly one level up.",
    ),
    "circle": (
        "{value} 绕了一圈成了自己的上级，请改上级编码。",
        "{value} is above itself in a circle; mend the parent codes.",
    ),
    "parent_closed": (
        "上级“{value}”已经停用。请换一个上级，或把这里也停用。",
        "The parent “{value}” is closed. Give another one, or close this place too.",
    ),
    "moved": (
        "{other} 现在的上级是“{value}”，导入不能换上级；" + REDRAW[0] + "。",
        "{other} is below “{value}” now, and an import moves nothing; " + REDRAW[1] + ".",
    ),
    "reopened": (
        "{value} 已经停用，不能再启用。请用新的编码。",
        "{value} is closed and cannot be opened again. Take a new code.",
    ),
    "children_left": (
        "下面还有 {value} 个没停用的（如 {other}），不能停用；" + REDRAW[0] + "。",
        "{value} places below are still valid ({other} ...), so it cannot be closed; " + REDRAW[1] + ".",
    ),
    "in_use": (
        "{value} 还有人和事（在办案件 / 职责 / 单位：{other}），不能停用；" + REDRAW[0] + "。",
        "{value} is still needed (open cases / duties / units: {other}), so it cannot be closed; " + REDRAW[1] + ".",
    ),
    "grid_changed": (
        "刚才网格被别人改动了，请再运行一次。",
        "The grid was changed by somebody just now; run it again.",
    ),
    # doubts
    "many_households": (
        "住户小组有 {value} 户，超过 35 户，中心户可能照看不过来。",
        "The household group has {value} households, more than 35: a lot for one household head.",
    ),
    "too_many_households": (
        "住户小组有 {value} 户，超过 50 户，请拆成几个小组。",
        "The household group has {value} households, more than 50: split it.",
    ),
    "nowhere": (
        "没有边界也没有地址，居民报的位置找不到这里。请补“{value}”或边界。",
        "It has neither a boundary nor addresses, so no report will find it. Add one of them.",
    ),
    "not_apart": (
        "“{value}”会当成一整个。要是几个，请用；隔开。",
        "“{value}” is taken as one. If these are several, put ; between them.",
    ),
    "gap": (
        "{value} 的下级没有盖满它，空着 {other}。",
        "The places below {value} leave {other} of it bare.",
    ),
    # units
    "kind_missing": ("没有写类型。", "The kind is missing."),
    "kind_unknown": (
        "不认识的单位类型“{value}”，写事项清单里的类型，如 村（社区）、镇（街道）、公安，或 指挥中心。",
        "Unknown kind “{value}”; write one of the catalogue (community, town, police ...) or centre.",
    ),
    "unit_level_unknown": (
        "级别“{value}”不对，写区、镇街或村社区。",
        "“{value}” is no level; write district, town or community.",
    ),
    "matter_unknown": (
        "事项清单里没有“{value}”。请改编码。",
        "The catalogue has no matter “{value}”. Mend the code.",
    ),
    "unit_above_unknown": (
        "没有编码为“{value}”的上级单位。请改编码，或把它也写进表里。",
        "There is no unit with the code “{value}” above it. Mend the code, or add it to the table.",
    ),
    "unit_above_lower": (
        "上级单位“{value}”的级别比它低。",
        "The unit above it, “{value}”, is of a lower level.",
    ),
    "unit_below_higher": (
        "“{value}”下面的单位“{other}”级别比它高，请先改那一个。",
        "“{other}”, which is below “{value}”, is of a higher level; change that one first.",
    ),
    "name_twice": (
        "单位“{value}”和编码为“{other}”的重名，按钮上分不出来。",
        "“{value}” is called like the unit with the code “{other}”; nobody can tell their buttons apart.",
    ),
    "centre_gone": (
        "“{value}”是唯一的指挥中心，改了就没有人研判。请先添一个指挥中心。",
        "“{value}” is the only command centre; without it nobody would triage. Enter another one first.",
    ),
    "no_centre": (
        "还没有指挥中心（类型 centre），没有人研判。",
        "There is no command centre (kind centre) yet, so nobody would triage.",
    ),
}
MILD = frozenset({"many_households", "not_apart", "property_unread"})
"""Doubts that are told last."""


class GridTexts(TableTexts):
    """`yashu grid` and `yashu units`."""

    def mistake(self, mistake: Mistake) -> str:
        """One line for one mistake: file, feature or line, what is wrong and what to do."""
        chinese, english = MISTAKES[mistake.what]
        said = self._in(chinese, english).replace("{value}", mistake.value[:80]).replace("{other}", mistake.other[:80])
        return f"{self._where(mistake)}{said}"

    def _where(self, mistake: Mistake) -> str:
        file = f"{mistake.file} " if mistake.file else ""
        if mistake.feature:
            number, line = mistake.feature, mistake.line
            return file + self._in(f"第 {number} 个要素（第 {line} 行）：", f"feature {number} (line {line}): ")
        if mistake.line:
            return file + self._in(f"第 {mistake.line} 行：", f"line {mistake.line}: ")
        return f"{file.rstrip()}{self._in('：', ': ')}" if file else ""

    def warning(self, mistake: Mistake) -> str:
        return self._in("注意 ", "Note ") + self.mistake(mistake)

    def warnings(self, count: int) -> str:
        more = self.first(count)
        return self._in(f"共 {count} 处要注意{more}，不妨碍导入。", f"{count} doubts{more}; they do not hinder it.")

    def planned(self, new: int, changed: int, closed: int, same: int) -> str:
        return self._in(
            f"新增 {new} 个，更新 {changed} 个（其中停用 {closed} 个），{same} 个没有变化。",
            f"{new} new, {changed} changed (of them {closed} closed), {same} as they were.",
        )

    def planned_units(self, new: int, changed: int, same: int) -> str:
        return self._in(
            f"新增 {new} 个单位，更新 {changed} 个，{same} 个没有变化。",
            f"{new} new units, {changed} changed, {same} as they were.",
        )

    def entered_units(self, new: int) -> str:
        """What comes next, where there is a new one."""
        if not new:
            return self._in("已写入。", "Written.")
        return self._in(
            "已写入。接着把机器人拉进新单位的工作群，由管理员在群里发 /bind。",
            "Written. Next: add the bot to the groups of new units; an admin sends /bind there.",
        )

    def entered(self) -> str:
        return self._in("已写入。运行着的伢叔几秒后就用新的。", "Written. A running yashu uses it within seconds.")

    def looking(self) -> str:
        return self._in("检查边界", "Looking at boundaries")

    def exported(self, rows: int, *paths: object) -> str:
        names = self._in("、", ", ").join(map(str, paths))
        return self._in(f"已导出 {rows} 行到 {names}。", f"{rows} rows written to {names}.")

    def export_to(self) -> str:
        return self._in(
            "请给一个文件夹，或一个 .csv/.xlsx 和一个 .geojson 文件。",
            "Give a folder, or a .csv or .xlsx file and a .geojson file.",
        )

    def word(self, name: str, chinese: str) -> str:
        """A heading or cell that has a word in each language."""
        return self._in(chinese, name)
