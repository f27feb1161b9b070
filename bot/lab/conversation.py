"""The report conversation that every peer leads: its words, its buttons, and what people say to it."""

import argparse
from collections.abc import Mapping

from bot.lab.script import Step

TOKEN = "42:bare-aiogram-needs-no-real-token"
SECRET = "bare-aiogram-on-the-loopback-only"
GROUP = -1001
MATTERS = ("路灯不亮", "道路破损", "垃圾堆放", "噪音扰民", "电梯故障", "其他")

SCRIPT = (
    Step(text="/start"),
    Step(press="我要反映"),
    Step(press="路灯不亮"),
    Step(text="新港小区3栋的路灯不亮了，晚上很黑（{n}）"),
    Step(photo=True),
    Step(voice=True),
    Step(location=(32.19, 119.62)),
    Step(press="可以联系我"),
    Step(press="提交"),
)
"""Nine updates, thirteen calls."""


def asked_of(about: str | None) -> argparse.Namespace:
    """What the command line asks of a peer: `api`, `delivery` and `port`."""
    arguments = argparse.ArgumentParser(description=about)
    arguments.add_argument("--api", required=True, help="http://127.0.0.1:PORT of the Bot API")
    arguments.add_argument("--delivery", choices=("webhook", "polling"), default="webhook")
    arguments.add_argument("--port", type=int, default=8080, help="where the webhook listens")
    return arguments.parse_args()


def card(report: Mapping[str, object]) -> str:
    """The report as the group reads it."""
    return (
        f"事项：{report['matter']}\n内容：{report['what']}\n位置：{report['latitude']}, {report['longitude']}\n"
        f"照片：有\n语音：有\n联系：{'可以' if report['contact'] else '保密'}"
    )
