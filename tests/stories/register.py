"""What stories of the register share: a table that is entered, and commands run beside the town."""

import asyncio
import csv
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import main
from storage.seals import make_keys
from tests.databases import address_of, copied
from tests.town import Town

HEADINGS = ("姓名", "电话", "角色", "网格编码", "单位编码", "服务时间", "公开电话")
GRID = "DX010101"


def written(path: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, encoding: str = "utf-8") -> Path:
    """A CSV file; rows may be shorter than the headings."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows((headings, *rows))
    return path


def installed(place: Path, template: Path) -> Path:
    """A data folder with the demo district in it, and keys."""
    copied(template, place)
    make_keys(place / "keys")
    return place


def runs(folder: Path, *words: object, language: str = "zh") -> Result:
    """`yashu WORDS` on this data folder."""
    env = {
        "BOT_TOKEN": "7000001:demo-demo-demo-demo-demo-demo-demo",
        "DATA_DIR": str(folder),
        "LANGUAGE": language,
        "ADMIN_IDS": "9001",
        "BOT_API_BASE": "http://127.0.0.1:1",
        **({"DATABASE_URL": address} if (address := address_of(folder)) else {}),
    }
    return CliRunner().invoke(main, [str(word) for word in words], env=env)


async def beside(town: Town, *words: object) -> Result:
    """The same beside the running town."""
    folder = town.app.settings.data_dir
    said = await asyncio.to_thread(runs, folder, *words)
    await town.settles()
    return said


async def enters(town: Town, tmp: Path, *rows: tuple[str, ...]) -> None:
    """These people stand in the register from now on."""
    said = await beside(town, "people", "import", written(tmp / "people.csv", *rows), "--apply")
    assert said.exit_code == 0, said.output
