"""run.py and what it installs from: every pin with its hashes, no address anywhere, nothing done twice."""

import hashlib
import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "constraints.txt").read_text()
ADDRESS = re.compile(r"(?:https?|git|file)://")


@pytest.fixture
def run_py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with its .venv in an empty folder."""
    spec = importlib.util.spec_from_file_location("run_py", ROOT / "run.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "STAMP", tmp_path / "installed.txt")
    monkeypatch.setattr(script, "VENV", tmp_path)
    monkeypatch.setattr(script, "PYTHON", tmp_path / "bin" / "python")
    return script


def name_of(requirement: str) -> str:
    """The name of a package as it stands in the lock."""
    return re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_requirement_is_pinned_with_its_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(one for extra in extras for one in extra)]
    pins = re.findall(r"^([a-z0-9_.-]+)==\S+(?: ; [^\\\n]*)? \\\n    --hash=sha256:[0-9a-f]{64}", LOCK, re.MULTILINE)
    assert sorted({name_of(one) for one in wanted} - set(pins)) == []
    assert len(pins) == len(re.findall(r"^[a-z0-9]\S*==", LOCK, re.MULTILINE))


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", "run.py", "Makefile", ".ci/run"])
def test_nothing_names_where_packages_come_from(name: str) -> None:
    assert not ADDRESS.search((ROOT / name).read_text(encoding="utf-8"))


def test_an_old_python_is_told_what_is_needed(run_py: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_py, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        run_py.main("demo")


def test_uv_comes_with_its_hashes_and_pip_installs_the_rest(run_py: ModuleType) -> None:
    lines = run_py.lines_of_uv().splitlines()
    assert lines[0].startswith("uv==")
    assert all(line.startswith("    --hash=sha256:") for line in lines[1:])
    assert run_py.lines_of_uv() in LOCK


def test_it_installs_again_only_when_something_changed(
    run_py: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    installed: list[str] = []

    def make_venv() -> None:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "python").touch()
        (tmp_path / "lib" / "python{}.{}".format(*sys.version_info)).mkdir(parents=True)
        made.append("venv")

    monkeypatch.setattr(run_py, "make_venv", make_venv)
    monkeypatch.setattr(run_py, "install_with_uv", installed.append)
    run_py.prepare({"proxy"})
    run_py.prepare({"proxy"})
    run_py.prepare({"proxy", "test"})
    run_py.prepare({"proxy"})
    assert (made, installed) == (["venv"], ["proxy", "proxy,test"])
    both = (ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes()
    assert run_py.STAMP.read_text().split() == [hashlib.sha256(both).hexdigest(), "proxy", "test"]
    changed = tmp_path / "constraints.txt"
    changed.write_text("# another one\n")
    monkeypatch.setattr(run_py, "LOCK", changed)
    run_py.prepare({"proxy"})
    assert installed[2:] == ["proxy,test"]


def test_a_failed_install_is_tried_with_pip_and_leaves_no_stamp(
    run_py: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError

    def gives_up(_extras: set[str]) -> None:
        raise SystemExit("no network")

    monkeypatch.setattr(run_py, "make_venv", lambda: None)
    monkeypatch.setattr(run_py, "install_with_uv", fails)
    monkeypatch.setattr(run_py, "install_with_pip", gives_up)
    with pytest.raises(SystemExit, match="no network"):
        run_py.prepare({"proxy"})
    assert not run_py.STAMP.exists()


@pytest.mark.parametrize(("extras", "there"), [({"proxy"}, False), ({"proxy", "voice"}, True)])
def test_pip_installs_what_is_large_only_where_it_was_asked_for(
    run_py: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extras: set[str], there: bool
) -> None:
    done: list[tuple[str, ...]] = []

    def installs(*words: str) -> None:
        done.append(words)

    monkeypatch.setattr(run_py, "pip", installs)
    run_py.install_with_pip(extras)
    assert len(done) == 2 and all("--no-deps" in words for words in done)
    listed = (tmp_path / "pip.txt").read_text()
    for name in ("av", "sherpa-onnx", "sherpa-onnx-core"):
        assert bool(re.search(rf"^{name}==", listed, re.MULTILINE)) is there
    assert "aiogram==" in listed and "uv==" not in listed
