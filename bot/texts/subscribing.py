"""What residents read when they follow a place, choose what to hear of it, and stop."""

from bot.texts.language import Phrases, cut

PLACE = 100
TOPICS = {"results": "办结公示", "works": "停水停电施工", "warnings": "预警", "notices": "其他通知"}


class SubscribingTexts:
    """Sentences of 关注."""

    _say: Phrases

    def topic(self, topic: str) -> str:
        """What a notice is about, as it stands on cards."""
        return self._say(TOPICS[topic])

    def topic_switch(self, topic: str, *, on: bool) -> str:
        """A switch on the card of a place."""
        sign = "✅" if on else "⬜️"
        return f"{sign} {self.topic(topic)}"

    def follow_here(self) -> str:
        """Button."""
        return self._say("🔔 关注这里")

    def follow_place(self) -> str:
        """Button in a group of residents."""
        return self._say("🔔 关注这里的消息")

    def follow_offer(self, place: str) -> str:
        """Before a place is followed."""
        return self._say(
            "要关注<b>{place}</b>吗？这里的停水停电施工、预警、办结公示和通知会发给您，晚上 10 点到早上 7 点不打扰。",
            place=cut(place, PLACE),
        )

    def follow_after(self, place: str) -> str:
        """After a rating: what happens there could be told."""
        return self._say("想知道<b>{place}</b>还有什么消息吗？点一下就能关注。", place=cut(place, PLACE))

    def follow_where(self) -> str:
        """Asks which place is to be followed."""
        return self._say("关注哪里？点「📍 发送我的位置」，或打字告诉我，比如“新港小区”。")

    def follow_gone(self) -> str:
        """A link of a place that is no more."""
        return self._say("这个地方找不到了。发 /follow 可以另选一个。")

    def following(self, place: str, *, new: bool) -> str:
        """The card of a place that is followed, above its switches."""
        head = self._say("🔔 已关注<b>{place}</b>", place=cut(place, PLACE)) if new else ""
        head = head or self._say("🔔 您关注的<b>{place}</b>", place=cut(place, PLACE))
        how = self._say("要收哪些，点一下就能开关。晚上 10 点到早上 7 点不打扰，只有政府发布的紧急预警除外。")
        return f"{head}\n{how}"

    def followed_places(self) -> str:
        """Above the list of the places somebody follows."""
        return self._say("您关注的地方，点开可以选收什么：")

    def follow_another(self) -> str:
        """Button."""
        return self._say("➕ 再关注一个")

    def follow_list(self) -> str:
        """Button."""
        return self._say("📋 我关注的")

    def unfollow(self) -> str:
        """Button."""
        return self._say("🔕 不再关注")

    def unfollow_all(self) -> str:
        """Button."""
        return self._say("🔕 全部不要")

    def follow_again(self) -> str:
        """Button: the way back."""
        return self._say("↩️ 还是要收")

    def unfollowed(self, place: str) -> str:
        """A place is followed no more."""
        return self._say("好，不再给您发<b>{place}</b>的消息。", place=cut(place, PLACE))

    def unfollowed_all(self) -> str:
        """No place is followed any more."""
        return self._say("好，以后不给您发这些消息了。您上报的事照样告诉您进展。")

    def topic_off(self, topic: str) -> str:
        """不再接收 under a notice of this topic."""
        return self._say("好，以后不给您发「{raw_topic}」了。别的消息还会发。", raw_topic=self.topic(topic))

    def follows_nothing(self) -> str:
        """There is nothing to stop."""
        return self._say("您现在没有关注这类消息。发 /follow 可以关注一个地方。")

    def followed_because(self) -> str:
        """After an album, which cannot have buttons."""
        return self._say("上面的通知来自您关注的地方。")
