"""What arrives as bytes: one update that no reader of JSON accepts keeps out none of those beside it."""

import orjson
import pytest

from bot.intake.reading import read_batch, read_update

GOOD: list[object] = [{"update_id": 5, "message": {"text": '[{"a": "]}\\"'}}, {"update_id": 7, "list": [[{}], "{"]}]


@pytest.mark.parametrize(
    "bad",
    [
        rb'{"update_id":6,"message":{"text":"\ud83d","caption":"a]}\""}}',
        b'{"update_id": 6,"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b'{"update_id" :6,"a":NaN,"b":[1,2]}',
        b'{"update_id":6,"a":"\xff\xc0"}',
    ],
)
def test_those_beside_a_broken_one_are_read(bad: bytes) -> None:
    first, last = (orjson.dumps(one) for one in GOOD)
    body = b'{"ok":true, "result" : [%b, %b,%b]}' % (first, bad, last)
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(body)
    one, broken, other = read_batch(body)
    assert [one, other] == GOOD
    assert broken == {"update_id": 6, "unreadable": bad.decode("utf-8", "replace")}


def test_words_of_people_are_no_number_of_an_update() -> None:
    said = orjson.dumps({"text": '"update_id":13'})[:-1] + rb',"broken":"\ud83d"}'
    assert read_update(said) == {"unreadable": said.decode()}


def test_what_is_no_answer_or_is_cut_short_brings_nothing_but_what_is_whole() -> None:
    assert read_batch(b"<html>502 Bad Gateway</html>") == []
    assert read_batch(b'{"ok":false,"description":"x",}') == []
    assert read_batch(b'{"ok":true,"result":[{"update_id":5},{"update_id":6,"a":"') == [{"update_id": 5}]
