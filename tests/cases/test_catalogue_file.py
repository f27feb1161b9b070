"""A wrong catalogue file is refused, and every mistake is named with its line."""

from pathlib import Path

import pytest

from bot.cases.catalogue_file import load
from bot.cases.errors import BrokenCatalogue

SOUND = """\
[hearing]
alike = ["燃然"]
same = { "里头" = "里面" }
[hearing.classes]
"老人" = ["爷爷", "奶奶"]

[[group]]
code = "A"
name = "眼前有危险"
name_en = "Danger"
emoji = "!"

[[group]]
code = "K"
name = "其他"
name_en = "Other"
emoji = "?"

[[unit_kind]]
code = "fire"
name = "消防救援"
name_en = "Fire and rescue"

[[matter]]
code = "A01"
name = "着火"
name_en = "Fire"
level = "district"
colour = "red"
visibility = "M"
lead = "fire"
helpers = ["fire"]
finish = "24 h"
radius = 100
words = [
  "着火:4",
  "冒+烟",
]
danger_words = ["着火", "<老人>+烧"]

[matter.advice]
numbers = ["119"]
lines = ["打119", "先离开", "别坐电梯"]
lines_en = ["Call 119", "Leave", "No lift"]
reviewed_by = ""

[[matter.question]]
key = "inside"
kind = "yes_no"
ask = "里面有人吗？"
ask_en = "Is anybody inside?"
becomes = { no = "K02" }

[[matter.question]]
key = "floor"
kind = "choice"
ask = "几楼？"
ask_en = "Which floor?"
choices = ["一楼", "楼上"]
choices_en = ["Ground", "Upstairs"]
only_if = { inside = "yes" }

[[matter]]
code = "K02"
name = "其他"
name_en = "Other"
level = "community"
colour = "none"
visibility = "M"
lead = "fire"
automatic = false
"""

MISTAKES = [
    ('alike = ["燃然"]', "alike = 3", "list of texts"),
    ('"老人" = ["爷爷", "奶奶"]', '"老人" = "爷爷"', "list of texts"),
    ('same = { "里头" = "里面" }', "same = { a = 1 }", "pairs of texts"),
    ("[hearing]", "[hearings]", "did you mean hearing"),
    ('emoji = "!"', 'emojy = "!"', "did you mean emoji"),
    ('name = "眼前有危险"', 'name = "这个名字实在是太长了按钮放不下"', "at most 12"),
    ('code = "fire"', 'code = "Fire!"', 'write one like "fire"'),
    ('code = "A01"', 'code = "A1"', 'write one like "A01"'),
    ('code = "A01"', 'code = "Z01"', 'add a [[group]] with code = "Z"'),
    ('code = "A01"', 'code = "K02"', "take another code"),
    ('name_en = "Fire"', "name_en = 7", "must be a text in quotes"),
    ('name = "着火"', 'name = "着火[?]"', "[?]"),
    ('name = "着火"', 'name = ""', "empty"),
    ('level = "district"', 'level = "distrikt"', 'did you mean "district"'),
    ('colour = "red"', 'colour = "purple"', "red, yellow, none"),
    ('visibility = "M"', 'visibility = "X"', "P, M, C"),
    ('lead = "fire"', 'lead = "fier"', 'did you mean "fire"'),
    ('helpers = ["fire"]', 'helpers = ["sea"]', "write one of: fire"),
    ('helpers = ["fire"]', 'helpers = "fire"', "list of texts"),
    ('finish = "24 h"', 'finish = "24 hours"', '"15 wd"'),
    ("radius = 100", 'radius = "100"', "whole number"),
    ("radius = 100", "radius = -1", "from 0 to 5000"),
    ('finish = "24 h"', 'raise_to = "moon"', "district, town, community"),
    ('finish = "24 h"', 'route = "nowhere"', "did you mean"),
    ('  "冒+烟",', '  "冒+",', "is no keyword"),
    ('  "冒+烟",', '  "冒烟:12",', "weight 1-9"),
    ('  "冒+烟",', '  "冒烟：3",', "is no keyword"),
    ('  "冒+烟",', '  "<小孩>+哭",', "no class"),
    ('  "冒+烟",', '  "着火:4",', "twice"),
    ('numbers = ["119"]', 'numbers = ["119 "]', "only its digits"),
    ('lines = ["打119", "先离开", "别坐电梯"]', 'lines = ["打119", "先离开"]', "write exactly 3"),
    ('lines = ["打119", "先离开", "别坐电梯"]', 'lines = ["打", "先离开", "别坐电梯"]', "does not say 119"),
    ('lines_en = ["Call 119", "Leave", "No lift"]', 'lines_en = ["Call", "Leave", "No lift"]', "does not say 119"),
    (
        'kind = "yes_no"',
        'kind = "maybe"',
        "text, number, choice, several, yes_no, time, phone, person, photo, video, voice, location",
    ),
    ('becomes = { no = "K02" }', 'becomes = { no = "K99" }', 'no matter has code "K99"'),
    ('becomes = { no = "K02" }', 'heard = { yes = "有人" }', "lists of texts"),
    ('becomes = { no = "K02" }', 'heard = { maybe = ["有人"] }', 'heard "maybe" is no answer'),
    ('becomes = { no = "K02" }', 'heard = { yes = ["有+"] }', "is no keyword"),
    ('becomes = { no = "K02" }', 'seals = ["maybe"]', 'seals "maybe" is no answer'),
    ('becomes = { no = "K02" }', 'help = "慢慢说"', "help needs help_en"),
    ('becomes = { no = "K02" }', "most = 5", 'most is only for kind = "number"'),
    ('becomes = { no = "K02" }', 'counted = ["人"]', 'counted is only for kind = "number"'),
    ('becomes = { no = "K02" }', "plate = true", 'plate is only for kind = "text"'),
    ('becomes = { no = "K02" }', "later = true\nrequired = true", "neither be required"),
    ('becomes = { no = "K02" }', 'becomes = { perhaps = "K02" }', "yes, no"),
    ('key = "floor"', 'key = "inside"', "take another key"),
    ('key = "floor"', 'key = "Floor 1"', "small letters"),
    ('choices = ["一楼", "楼上"]', 'choices = ["一楼"]', "two choices"),
    ('choices_en = ["Ground", "Upstairs"]', 'choices_en = ["Ground"]', "one for each"),
    ('only_if = { inside = "yes" }', 'only_if = { outside = "yes" }', "no earlier question"),
    ('only_if = { inside = "yes" }', 'only_if = { inside = "maybe" }', "write one of: yes, no"),
    ('only_if = { inside = "yes" }', 'only_if = "inside"', "pairs of texts"),
    ('ask = "几楼？"', "ask = true", "must be a text"),
    ("automatic = false", 'automatic = "yes"', "true or false"),
    ("automatic = false", "raise_to_level = 1", "did you mean raise_to"),
    ("automatic = false", "asks_details = false", "there must be advice"),
    ("automatic = false", 'route = "hand_over"', "number of who takes it"),
    ("automatic = false", 'danger_words = ["救命"]', "need a number to call"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "matters.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(BrokenCatalogue) as refused:
        load(written(folder, text))
    return str(refused.value)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_sound_file_loads(tmp_path: Path) -> None:
    catalogue = load(written(tmp_path, SOUND))

    assert [matter.code for matter in catalogue.in_group("A")] == ["A01"]
    assert catalogue.matter("A01").questions[1].only_if == ("inside", "yes")


@pytest.mark.parametrize(("right", "wrong", "advised"), MISTAKES)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, right: str, wrong: str, advised: str) -> None:
    broken = SOUND.replace(right, wrong, 1)
    message = refusal(tmp_path, broken)
    lines = [line for line in message.split("\n") if advised in line]

    # A doubled code or keyword is complained about where it stands the second time.
    second = broken.replace(wrong, "\0" * len(wrong), 1) if broken.count(wrong) > 1 else broken
    assert lines, message
    assert lines[0].startswith(f"{tmp_path / 'matters.toml'}:"), message
    assert int(lines[0].split(":")[1]) in {line_of(broken, wrong), line_of(second, wrong)}, message


@pytest.mark.parametrize("key", ["name_en", "level", "colour", "visibility", "lead"])
def test_a_missing_key_is_named_at_the_header_of_its_matter(tmp_path: Path, key: str) -> None:
    lines = SOUND.split("\n")
    last = max(at for at, line in enumerate(lines) if line.startswith(f"{key} ="))
    message = refusal(tmp_path, "\n".join(lines[:last] + lines[last + 1 :]))

    header = max(at for at, line in enumerate(lines) if line == "[[matter]]") + 1
    assert f"matters.toml:{header}: {key} is missing" in message


def test_all_mistakes_come_in_one_message_in_the_order_of_the_lines(tmp_path: Path) -> None:
    broken = SOUND.replace('colour = "red"', 'colour = "rot"').replace("24 h", "soon")
    broken = broken.replace('ask = "几楼？"', "ask = 1")
    numbers = [int(line.split(":")[1]) for line in refusal(tmp_path, broken).split("\n")]

    assert len(numbers) == 3
    assert numbers == sorted(numbers)


def test_a_red_matter_without_a_number_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, SOUND.replace('numbers = ["119"]', "numbers = []"))

    assert f"matters.toml:{line_of(SOUND, 'colour = ')}: a red matter needs advice with a number" in message


@pytest.mark.parametrize(
    ("right", "wrong", "advised"),
    [
        ('level = "community"', 'level = "town"', "only for level"),
        ('visibility = "M"\nlead = "fire"\nauto', 'visibility = "C"\nlead = "fire"\nauto', "never goes out by itself"),
    ],
)
def test_only_harmless_community_matters_go_out_by_themselves(
    tmp_path: Path, right: str, wrong: str, advised: str
) -> None:
    assert advised in refusal(tmp_path, SOUND.replace("= false", "= true").replace(right, wrong))


def test_nobody_finds_duplicates_of_a_confidential_matter(tmp_path: Path) -> None:
    message = refusal(tmp_path, SOUND.replace('visibility = "M"', 'visibility = "C"', 1))

    assert f"matters.toml:{line_of(SOUND, 'radius')}: others must not find" in message


def test_a_file_without_other_is_refused(tmp_path: Path) -> None:
    assert "the matter K02 is missing" in refusal(tmp_path, SOUND.replace('"K02"', '"K03"'))


def test_a_syntax_error_names_its_line_and_full_width_signs(tmp_path: Path) -> None:
    message = refusal(tmp_path, SOUND.replace('lead = "fire"', "lead = “fire”", 1))

    assert f"matters.toml:{line_of(SOUND, 'lead =')}: is not TOML" in message
    assert "“” are full-width" in message


def test_an_unclosed_list_is_named_at_the_end(tmp_path: Path) -> None:
    assert "is not TOML" in refusal(tmp_path, SOUND + 'helpers = ["fire"')


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "matters.toml"
    path.write_bytes(b'[[group]]\nname = "' + "危险".encode("gbk") + b'"\n')
    with pytest.raises(BrokenCatalogue, match=r"matters.toml:2: is not UTF-8"):
        load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogue, match="cannot be read"):
        load(tmp_path / "nowhere.toml")


def test_notepad_files_load_too(tmp_path: Path) -> None:
    path = tmp_path / "matters.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())

    assert load(path).other.code == "K02"


KINDS = [
    ('kind = "choice"', 'kind = "phone"', "a phone question has no choices"),
    ('kind = "choice"', 'kind = "number"', "the choices of a number are numbers"),
    ('["一楼", "楼上"]', '["一楼、二楼", "楼上"]', "stands between choices"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), KINDS)
def test_choices_that_do_not_go_with_their_kind_are_refused(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    file = tmp_path / "matters.toml"
    sound = SOUND if right.startswith("kind") else SOUND.replace('kind = "choice"', 'kind = "several"')
    file.write_text(sound.replace(right, wrong), "utf-8")
    line = next(number for number, words in enumerate(file.read_text("utf-8").split("\n"), 1) if "楼上" in words)
    with pytest.raises(BrokenCatalogue, match=rf"matters.toml:{line}: .*{told}"):
        load(file)


def test_more_than_three_required_questions_are_refused(tmp_path: Path) -> None:
    more = "".join(
        f'[[matter.question]]\nkey = "{key}"\nkind = "text"\nask = "？"\nask_en = "?"\nrequired = true\n\n'
        for key in "abcd"
    )
    file = tmp_path / "matters.toml"
    file.write_text(SOUND.replace('[[matter]]\ncode = "K02"', f'{more}[[matter]]\ncode = "K02"'), "utf-8")
    with pytest.raises(BrokenCatalogue, match="more than 3 questions are required"):
        load(file)
