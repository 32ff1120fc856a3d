"""A folder takes the place of another whole or not at all, with the system's exchange and without."""

import subprocess
import sys
from pathlib import Path

import pytest

from yiheng.pipelines import swap
from yiheng.pipelines.swap import recover, replacing

WRITER = """
import sys
from pathlib import Path
from yiheng.pipelines.swap import replacing
with replacing(Path(sys.argv[1])) as draft:
    (draft / "a").write_text("half")
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(params=[True, False], ids=["exchanged in one step", "renamed in two"])
def _exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)


@pytest.mark.usefixtures("_exchange")
def test_the_new_folder_takes_the_old_one_s_place(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "package"
    for content in ("one", "two", "three"):
        with replacing(target) as draft:
            assert list(draft.iterdir()) == []
            (draft / content).write_text(content)
        assert [p.name for p in target.iterdir()] == [content]
        assert [p.name for p in target.parent.iterdir()] == ["package"]


def test_an_error_leaves_the_old_folder_alone(tmp_path: Path) -> None:
    target = tmp_path / "package"
    with replacing(target) as draft:
        (draft / "a").write_text("whole")
    with pytest.raises(KeyError), replacing(target) as draft:
        (draft / "a").write_text("half")
        raise KeyError
    assert (target / "a").read_text() == "whole"
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def test_a_folder_that_was_set_aside_comes_back(tmp_path: Path) -> None:
    """Where the system has no exchange, a kill between the two renames leaves the old folder set aside."""
    aside = tmp_path / ".package.old"
    aside.mkdir()
    (aside / "a").write_text("whole")
    recover(tmp_path / "package")
    assert (tmp_path / "package" / "a").read_text() == "whole"
    assert not aside.exists()


def test_a_draft_is_dropped_only_when_its_writer_has_gone(tmp_path: Path) -> None:
    target = tmp_path / "package"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    (draft,) = tmp_path.glob(".package.draft-*")
    with replacing(target) as own:
        (own / "a").write_text("whole")
    assert (draft / "a").read_text() == "half"
    writer.kill()
    writer.communicate()
    assert draft.exists()
    recover(target)
    assert [p.name for p in tmp_path.iterdir()] == ["package"]
    assert (target / "a").read_text() == "whole"
