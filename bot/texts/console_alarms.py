"""What the person at the console reads of `yashu try-alarms`, and what is told on the way."""

from bot.texts.console import Console

WAYS = {
    "alarm_webhook": ("群机器人（ALARM_WEBHOOK）", "webhook (ALARM_WEBHOOK)"),
    "alarm_mail": ("邮件（ALARM_MAIL）", "mail (ALARM_MAIL)"),
    "heartbeat_url": ("心跳（HEARTBEAT_URL）", "heartbeat (HEARTBEAT_URL)"),
}


class AlarmTexts(Console):
    """`yashu try-alarms`."""

    def trial(self, place: str) -> str:
        """What is told; DingTalk lets through only what has the robot's keyword in it."""
        return self._in(
            f"伢叔（{place}）：试一试报警通不通，不用处理。",
            f"伢叔 yashu ({place}): a trial of the alarms, nothing is wrong.",
        )

    def taken(self, way: str) -> str:
        return self._in(
            f"{WAYS[way][0]}：对方收下了，请看看是不是真到了。", f"{WAYS[way][1]}: taken; now look whether it arrived."
        )

    def not_taken(self, way: str, why: str) -> str:
        return self._in(f"{WAYS[way][0]}：没发成（{why}）。", f"{WAYS[way][1]}: not taken ({why}).")

    def no_way(self) -> str:
        return self._in(
            "没有设 ALARM_WEBHOOK、ALARM_MAIL、HEARTBEAT_URL 中的任何一个：Telegram 连不上的时候，谁也不会知道。",
            "None of ALARM_WEBHOOK, ALARM_MAIL, HEARTBEAT_URL is set: while Telegram is not reached, nobody hears.",
        )
