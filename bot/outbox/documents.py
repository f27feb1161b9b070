"""Documents made here as parcels: a sealed file of the media store with the words under it.

Whoever has made one keeps it (`MediaStore.keep_made`) and owes a letter of Kind.DOCUMENT whose facts are `document()`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.outbox.addresses import Address
from bot.outbox.parcel import Copy, Parcel
from bot.texts import Texts, texts_in
from storage.outbox import Owed

Caption = Callable[[Texts, Mapping[str, Any]], str]


def document(
    path: str | None, name: str, says: str, caption: Mapping[str, Any], *, photo: bool = False
) -> dict[str, Any]:
    """The facts of the letter: the file (None: words alone), the name it is shown under, what is said with it."""
    return {"path": path, "name": name, "says": says, "caption": dict(caption), "photo": photo}


def document_parcel(owed: Owed, address: Address) -> Parcel:
    """A picture or a file with its caption; the words alone where it could not be made."""
    facts: Mapping[str, Any] = owed.body["facts"]
    words = CAPTIONS[facts["says"]](texts_in(address.language), {**facts["caption"], "made": facts["path"] is not None})
    if facts["path"] is None:
        params: dict[str, Any] = {**address.target, "text": words, "parse_mode": "HTML"}
        return Parcel(owed=owed, chat=address.chat, method="sendMessage", params=params)
    kind = "photo" if facts["photo"] else "document"
    params = {**address.target, kind: "attach://made", "caption": words, "parse_mode": "HTML"}
    files = {"made": Copy(facts["name"], facts["path"])}
    return Parcel(owed=owed, chat=address.chat, method=f"send{kind.capitalize()}", params=params, files=files)


def _month(texts: Texts, facts: Mapping[str, Any]) -> str:
    return texts.month_words(facts["month"], facts["done"], facts["due"], facts["missed"])


def _broadcast(texts: Texts, facts: Mapping[str, Any]) -> str:
    return texts.broadcast_sheet_words(facts["title"], facts["number"])


def _stats(texts: Texts, facts: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(facts[name]) for name in ("first", "last"))
    return texts.stats_caption(facts["name"], first, last)


def _place(texts: Texts, facts: Mapping[str, Any]) -> str:
    return texts.map_words(facts["name"], facts["cases"])


def _mine(texts: Texts, facts: Mapping[str, Any]) -> str:
    return texts.my_data_words(facts["part"]) if facts["made"] else texts.my_data_failed()


def _pair(texts: Texts, facts: Mapping[str, Any]) -> str:
    return texts.pair_words(facts["number"])


def _orders(texts: Texts, facts: Mapping[str, Any]) -> str:
    return texts.orders_caption(facts["view"], facts["words"])


CAPTIONS: Mapping[str, Caption] = {
    "month": _month,
    "bars": _stats,
    "stats": _stats,
    "place": _place,
    "pair": _pair,
    "broadcast": _broadcast,
    "mine": _mine,
    "orders": _orders,
}
"""What is said under each kind of document."""
