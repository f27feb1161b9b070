"""Makes the font of cards and posters anew: `python -m bot.lab.font NotoSansCJK-Regular.ttc`.

The source is in Debian's package fonts-noto-cjk.
"""

from pathlib import Path
from typing import Any

import click

FAMILY = "Yashu Sans SC"
OUT = Path(__file__).parents[1] / "texts" / "fonts" / "YashuSansSC.otf"
FACE = "Noto Sans CJK SC"
NAMES = {1: FAMILY, 3: f"{FAMILY} 1", 4: FAMILY, 6: FAMILY.replace(" ", ""), 16: FAMILY}
"""Numbers of the table of names: family, unique name, full name, PostScript name, typographic family."""

ALSO = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2027), range(0x3000, 0x3030), range(0xFF00, 0xFFEF))

OF_NAMES = (
    "喆堃珺玥玘瑀瑄琸昇昉晞暐煊燚犇赟頔祎翀垚嫚婳妧姝婕媖嬿孋怡恺惢憬懿昕昱晗晙晔晧暕暟曈曌杺栩桢梓棪楒榳檍"
    "沄沚沺泠泓洺浠涵淏淇湉湙湜滢漪潆澔濛炘炜烜烨焓焜煜熠爔玙玚玢玮珂珈珉珏珣珵琀琎琛琤琬瑨瑶璟璠璿瓒甯甬皓皞"
    "砚祐禛禤秾竑筠箐粲縯纮绮羿翾耘芃芊芮芷苒茜茗荃荻莘菡萱蓁蔚蕊薇藜蘅衎衿裴觅訚誉諠讷谌谞赅跹轩迦逯邈郗郜郢鄢"
    "鄯酆釆鋆鍀铄铭铎锜锴锶镕镱闫阗陞隽雩雯霁霆霈韬韫頫颀颉颢飏飖骁骐骞髙鸢麒黎鼐龑䶮〇㑇㛃㛚㧑㬎㳘㵾䴖䴗䶮"
    "侁侔俍俣倓倞偲傃僖儇冕凇凊勍勣勔劼卬卲厍叡吕咏哿唅唔喈嗣噙圳垕埌埕埗埔堉塬墉夲奭妘妤妲姞姮娀娈娱婧嫄嫕嬅孖"
    "宓宬尕岍岐岑峣崀崟嵘嶓巘帡幵庥廙弢彦彧徕忻怿恂恬悌惔惇惟愔慜懋戬旸旻昀昃昊昫昳晁晅晖晚晢晴晶智暄暻曦杲枳柃柟柠"
    "栎栒桄桤桲梃梧棠棣椤椸榆榕樾橦欣歆毓汭汶沁沅沆沐沛泂泖泽泾洄洋洛洢洧洮洹浔浚浛浩浬涟淑淦淳渌湄溁溦滟漩潇潞澄澍"
)
"""Signs of names that GB 2312 lacks (and some it has)."""


def signs() -> set[int]:
    """Everything GB 2312 can write, and Latin letters with their signs."""
    found = {sign for some in ALSO for sign in some}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found |= {ord(sign) for sign in bytes((high, low)).decode("gb2312", "ignore")}
    return found | {ord(sign) for sign in OF_NAMES}


def subset(source: Path, out: Path = OUT) -> None:
    """Write the subset under a name of its own, as its licence (OFL) wishes of what was changed."""
    from fontTools import subset as cutting
    from fontTools.ttLib import TTCollection

    collection: Any = TTCollection(str(source))
    font = next(one for one in collection.fonts if one["name"].getDebugName(4).startswith(FACE))
    options = cutting.Options(layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], desubroutinize=False)
    options.drop_tables += ["GSUB", "GPOS", "BASE", "vhea", "vmtx", "VORG"]
    options.hinting, options.notdef_outline, options.glyph_names = False, True, False
    cutter: Any = cutting.Subsetter(options)
    cutter.populate(unicodes=signs())
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = NAMES[record.nameID]
    font["CFF "].cff.fontNames = [NAMES[6]]
    top = font["CFF "].cff.topDictIndex[0]
    top.FamilyName, top.FullName = FAMILY, FAMILY
    out.parent.mkdir(exist_ok=True)
    font.save(str(out))


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def main(source: Path) -> None:
    """Cut the font of cards and posters out of SOURCE."""
    subset(source)
    click.echo(f"{OUT}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
