"""Places that do not exist, named as people name places: so that what is learned is how a place is said, not a list."""

import random
from collections.abc import Sequence

TOWNS = ("丁岗镇", "大路镇", "姚桥镇", "大港街道", "丁卯街道", "谏壁街道", "高桥镇", "江心洲", "新区", "开发区")
ESTATES = (
    "新港",
    "滨河",
    "金桥",
    "香江",
    "翠竹",
    "银山",
    "华府",
    "御景",
    "东方",
    "阳光",
    "紫金",
    "凤凰",
    "桃园",
    "学府",
    "和平",
    "中南",
)
KINDS = ("小区", "花园", "花苑", "家园", "新村", "公寓", "雅居", "新城", "名苑", "安置房", "广场", "社区")
ROADS = (
    "平昌",
    "兴港",
    "学府",
    "东风",
    "中心",
    "烟墩山",
    "龙泉",
    "永安",
    "解放",
    "人民",
    "港中",
    "五峰山",
    "经十二",
    "纬七",
    "长江",
    "通港",
)
VILLAGES = ("东岳", "石桥", "儒里", "赵庄", "宗张", "葛", "张家", "田桥", "五峰", "华山", "红旗", "北山")
SITES = (
    "中心小学",
    "实验中学",
    "第一幼儿园",
    "人民医院",
    "卫生院",
    "菜市场",
    "农贸市场",
    "客运站",
    "火车站",
    "加油站",
    "农商行",
    "邮局",
    "便民中心",
    "污水泵站",
    "文化广场",
    "老电影院",
    "供销社",
    "工业园",
    "化工厂",
    "物流园",
    "敬老院",
    "滨江公园",
    "体育馆",
    "大润发",
    "棋牌室",
    "老街",
    "水库",
    "大堤",
    "团结河",
    "渡口",
    "村委会",
    "厂",
)
SIDES = (
    "门口",
    "旁边",
    "对面",
    "后面",
    "前面",
    "斜对面",
    "附近",
    "东边",
    "西门",
    "南门",
    "北门",
    "楼下",
    "边上",
    "东侧",
    "后门",
    "地下车库",
    "楼顶",
    "门前",
    "大门口",
    "后头",
    "桥下",
    "桥头",
    "东头",
    "西头",
)
TAILS = (
    "绿化带",
    "那条路",
    "那条河",
    "那个塘",
    "那个工地",
    "工地",
    "空地",
    "荒地",
    "车棚",
    "地下车库",
    "人行道",
    "小饭店",
    "文具店",
    "超市",
    "停车场",
    "那一段",
    "往北一百米",
    "过去三十米",
    "健身房",
    "二楼",
    "三楼KTV",
    "一楼厕所",
    "到菜场那条路",
    "进来那条路",
    "田埂上",
    "河坎上",
    "楼道",
    "小广场",
    "那座桥",
    "驿站",
    "那排门面",
    "街上",
    "废弃厂房",
    "服务大厅",
    "三号窗口",
    "三期",
)
LETTERS = (
    "金银龙凤阳光江河湖海山林东南西北中新旧城大小华富贵福安康宁泰和平兴隆盛昌茂丰瑞祥吉庆荣锦绣"
    "云水月星景园翠绿青红紫碧玉珠丹桂兰梅竹松柏杨柳石塘港湾岸堤鑫育才永姚卯儒宏远顺达"
)
PARTS = ("栋", "幢", "号楼", "座")
CHINESE = "一二三四五六七八九"


def number(chance: random.Random) -> str:
    """A house number, in figures or characters."""
    figure = chance.randint(1, 28)
    return str(figure) if chance.random() < 0.75 else "十" * (figure > 9) + CHINESE[figure % 9]


def name(known: Sequence[str], chance: random.Random) -> str:
    """A name: one that is known, or two or three characters of which names are made."""
    if chance.random() < 0.4:
        return chance.choice(known)
    return "".join(chance.choice(LETTERS) for _ in range(chance.choice((2, 2, 3))))


def house(chance: random.Random) -> str:
    """A building, perhaps with staircase, floor and flat."""
    building = number(chance) + chance.choice(PARTS)
    more = (
        "",
        "",
        "",
        f"{chance.randint(1, 4)}单元",
        f"{number(chance)}楼",
        f"{chance.randint(1, 4)}单元{chance.randint(101, 999)}",
        str(chance.randint(101, 1502)),
    )
    return building + chance.choice(more)


def made_up(chance: random.Random) -> str:
    """A place as people name one."""
    pick = chance.choice
    kind = chance.random()
    if kind < 0.4:
        core = name(ESTATES, chance) + pick(KINDS) + pick((house(chance), house(chance), "", pick(SIDES)))
    elif kind < 0.55:
        core = (
            name(ROADS, chance)
            + "路"
            + pick(
                (
                    "",
                    "与" + pick(ROADS) + "路路口",
                    pick(ROADS) + "路口",
                    "和" + pick(ROADS) + "路交叉口",
                    f"{chance.randint(1, 300)}号",
                    "东段",
                    pick(SITES),
                    pick(SITES) + pick(SIDES),
                    "红绿灯",
                    "桥",
                )
            )
        )
    elif kind < 0.75:
        core = (
            name(VILLAGES, chance)
            + "村"
            + pick(
                (
                    "",
                    pick(CHINESE) + "组",
                    f"{chance.randint(1, 9)}组",
                    "村委会" + pick(SIDES),
                    pick(SIDES),
                    "老桥" + pick(("", "底下")),
                    "那条河",
                    "小学" + pick(SIDES),
                )
            )
        )
    elif kind < 0.92:
        core = pick(("", "", pick(ROADS), pick(ESTATES), pick(VILLAGES) + "村")) + pick(SITES) + pick(("", *SIDES[:12]))
    else:
        core = house(chance)
    return (
        pick(("", "", "", pick(TOWNS)))
        + core
        + pick(("", "", "", pick(SIDES) if core[-1] not in "面边口" else "", pick(TAILS)))
    )
