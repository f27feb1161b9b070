"""Reports that nothing was learned from: what was learned must reach beyond its sentences. Never to be trained on."""

from bot.cases.catalogue import Catalogue
from bot.cases.catalogue_file import load
from bot.cases.placing import place_in
from bot.cases.trial import Labelled, right_place

UNHEARD: list[tuple[str, str, bool, str | None]] = [
    ("厨房烧菜油烟机里头窜火了 关都关不掉", "A01", True, None),
    ("荷花池小区4栋地下室一股子怪味，热水炉那头嗤嗤响", "A02", True, "荷花池小区4栋"),
    ("有个学生伢从码头上栽下去了就看见手在晃", "A03", True, None),
    ("我爷刚才吃着饭头一歪碗就掉了叫他不理我", "A05", True, None),
    ("同学说她吞了一整板药，现在讲话越来越慢", "A06", True, None),
    ("我家婆糊里糊涂的，上午溜出去了，到现在哪都找不到", "A17", True, None),
    ("电梯停在半当中，我跟两个快递小哥都在里头", "A14", True, None),
    ("对面楼男的揪着女的头发往墙上撞，女的都不出声了", "C08", True, None),
    ("我妈非讲电话里那个是警官，正要把定期取出来汇过去", "C06", True, None),
    ("送米的按了半天铃，老太一个人在里头，就听见她哼了一声", "E01", True, None),
    ("银杏路那个下水盖子不晓得给谁顺走了，拿个破桶扣着", "A09", False, "银杏路"),
    ("楼梯拐弯的地方全是纸壳子旧家具，胖一点都过不去", "A11", False, None),
    ("他家天天拖根线从窗户下来给三轮充电", "A12", False, None),
    ("干了一夏天的活，老板手机换号了，钱一分没见着", "B06", False, None),
    ("桶里的东西都冒出来了，苍蝇围着转，三天没见车来拉", "G01", False, None),
    ("夜里两点还在楼上拖桌子，咚咚咚的", "G09", False, None),
    ("梨园村七组那段路坑连坑，三轮车货都颠下来了", "H02", False, "梨园村七组"),
    ("晚上那条路乌漆嘛黑的，灯杆子是有就是不亮", "H01", False, None),
    ("一拧龙头出来的水跟茶叶水一样", "D03", False, None),
    ("一辆黑车横在我家车库门口电话也不留", "I01", False, None),
    ("小孩上一年级要带哪些证件去报名", "J01", False, None),
    ("上次帮我爸推轮椅的那个小伙子真是好，想谢谢他", "J03", False, None),
    ("火锅店楼下排烟口对着我窗户，一股牛油味", "G10", False, None),
    ("去年冬天着过一回火，现在楼道墙还黑着没人刷", "I02", False, None),
    ("气死我了，楼上水漏到我家床上，找他他还骂人", "F01", False, None),
    ("明天的防火演练我能带孩子参加吗", "J01", False, None),
    ("电费这个月怎么这么多，找谁查", "J01", False, None),
    ("那棵大树歪得厉害，风一吹咯吱响，底下是车棚", "A15", False, None),
]


def test_strange_reports_are_understood() -> None:
    catalogue: Catalogue = load()
    first = third = 0
    missed, imagined, misplaced = list[str](), list[str](), list[str]()
    for text, row, danger, place in UNHEARD:
        rows = [matter.row for matter in catalogue.suggest(text, 3)]
        first += rows[:1] == [row]
        third += row in rows
        heard = catalogue.danger(text) is not None
        if heard != danger:
            (missed if danger else imagined).append(text)
        if place and not right_place(Labelled(text, frozenset({row}), row, danger, place), place_in(text)):
            misplaced.append(text)

    assert first >= 0.75 * len(UNHEARD)
    assert third >= 0.9 * len(UNHEARD)
    assert len(missed) <= 2, missed
    assert len(imagined) <= 1, imagined
    assert len(misplaced) <= 1, misplaced
