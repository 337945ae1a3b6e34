"""Data of languages, got by the real downloading process from a server that misbehaves."""

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_rag.domain.errors import (
    DiskFull,
    DownloadDamaged,
    HubBusy,
    HubUnreachable,
    LanguageUnknown,
    Offline,
    RagError,
)
from desktop_rag.domain.models import HubFault
from desktop_rag.domain.patience import Patience
from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Network
from desktop_rag.workers.commands.downloading import Fetched, Fetching, FetchLanguage, ListFiles
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.network.connection_log import Outcome, Purpose
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import downloading
from tests import full_disk, hub_server, language_data
from tests.hub_server import Hub, sha256

IMPATIENT = Patience(connect=2, read=1, tries=4, first_pause=0.01, longest_pause=0.02)
DATA = language_data.made()
HALF = len(DATA) // 2


@pytest.fixture(scope="module")
def hub_of_module() -> Iterator[Hub]:
    with hub_server.served() as hub:
        yield hub


@pytest.fixture
def hub(hub_of_module) -> Iterator[Hub]:
    language_data.mirrored(hub_of_module, fra=DATA)
    hub_of_module.spoil()
    hub_of_module.asked.clear()
    hub_of_module.api.clear()
    hub_of_module.released.clear()
    yield hub_of_module
    hub_of_module.released.set()


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths(tmp_path / "home")


@pytest.fixture(scope="module")
def paths_of_module(tmp_path_factory) -> Paths:
    return Paths(tmp_path_factory.mktemp("home"))


def started(paths: Paths, hub: Hub, **network: object) -> Calls:
    settings = Network(language_data=f"{hub.endpoint}/fast/", **network)  # type: ignore[arg-type]
    target = functools.partial(downloading.main, paths.home, settings, patience=IMPATIENT)
    calls = Calls("downloading", target)
    calls.start()
    return calls


@pytest.fixture(scope="module")
def calls(paths_of_module, hub_of_module) -> Iterator[Calls]:
    with started(paths_of_module, hub_of_module) as calls:
        yield calls


@pytest.fixture
def french(paths, hub) -> FetchLanguage:
    return FetchLanguage("fra", tessdata.place_of(paths, "fra"))


def fails(calls: Calls, command: object) -> RagError:
    with pytest.raises(RagError) as caught:
        list(calls.steps(command))
    return caught.value


def left_over(paths: Paths) -> list[str]:
    folder = paths.tessdata_folder
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def fetched(calls: Calls, french: FetchLanguage) -> list[object]:
    steps = list(calls.steps(french))
    assert steps[-1] == Fetched(french.target, sha256(DATA))
    assert french.target.read_bytes() == DATA
    assert [path.name for path in french.target.parent.iterdir()] == ["fra.traineddata"]
    return steps


def test_data_comes_whole_with_its_progress_and_is_found(calls, paths, french) -> None:
    steps = fetched(calls, french)
    assert steps[0] == Fetching(0, len(DATA), 0.0)
    assert (steps[-2].done, steps[-2].size) == (len(DATA), len(DATA))
    assert tessdata.available(paths)["fra"] == french.target


def test_what_is_there_whole_is_not_asked_for_again(calls, hub, french) -> None:
    fetched(calls, french)
    fetched(calls, french)
    assert [one.method for one in hub.asked] == ["HEAD", "GET", "HEAD"]
    french.target.write_bytes(b"-" * len(DATA))  # of the right size alone
    fetched(calls, french)


def test_a_dropped_connection_is_taken_up_where_it_broke(calls, hub, french) -> None:
    hub.spoil(drop_after=HALF, times=1)
    fetched(calls, french)
    assert hub.sent == len(DATA)


def test_what_came_of_it_is_gone_on_with_by_another_process(calls, hub, paths, french) -> None:
    hub.spoil(drop_after=HALF, ranges=False)
    assert isinstance(fails(calls, french), HubUnreachable)
    assert left_over(paths) == ["fra.traineddata.part", "fra.traineddata.part.json"]
    hub.spoil()
    hub.asked.clear()
    with started(paths, hub) as others:
        fetched(others, french)
    assert hub.sent == len(DATA) - HALF


def test_cancelling_keeps_what_came(calls, hub, french) -> None:
    hub.spoil(slow=True)
    for step in calls.steps(french):
        if step.done:
            break
    hub.released.set()
    kept = french.target.with_name("fra.traineddata.part").stat().st_size
    assert 0 < kept < len(DATA)
    hub.spoil()
    hub.asked.clear()
    fetched(calls, french)
    assert hub.sent == len(DATA) - kept


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x18\0\0",
        b"<!doctype html><title>Sign in to the hotel</title>" + b" " * 5000,
        language_data.made(5000, network=3),  # as which way is up, which is no language
        language_data.made(190),  # its one part begins where it ends
        language_data.made(5000, parts=11, network=1),
        language_data.made(5000, parts=65),
        DATA[:4] + b"\xfe" + DATA[5:],  # a part before the beginning
    ],
)
def test_what_is_no_data_is_thrown_away(calls, hub, paths, french, data) -> None:
    language_data.mirrored(hub, fra=data)
    damaged = fails(calls, french)
    assert (type(damaged), damaged.args) == (DownloadDamaged, ("fra",))
    assert left_over(paths) == []


def test_more_than_was_said_is_not_taken(calls, hub, paths, french) -> None:
    fetched(calls, french)
    french.target.unlink()
    hub.spoil(total_off=5, drop_after=HALF, times=1)
    assert isinstance(fails(calls, french), DownloadDamaged)
    assert left_over(paths) == []


def test_a_server_that_says_no_size_is_none(calls, hub, french) -> None:
    hub.spoil(end_after=HALF)
    unsized = fails(calls, french)
    assert isinstance(unsized, HubUnreachable)
    assert unsized.reason == HubFault.NO_LENGTH


def test_a_language_without_data_is_unknown(calls, hub, paths) -> None:
    unknown = fails(calls, FetchLanguage("xyz", tessdata.place_of(paths, "xyz")))
    assert (type(unknown), unknown.args) == (LanguageUnknown, ("xyz",))
    assert [one.status for one in hub.asked] == [404]
    assert left_over(paths) == []


@pytest.mark.parametrize("name", ["../fra", "fra/../fra", "FRA", "fra?x", "fr", "", "fra\n", "é_a"])
def test_a_name_that_is_none_is_never_asked_for(
    calls, hub, paths_of_module, tmp_path, name
) -> None:
    before = connection_log.read(paths_of_module)
    assert isinstance(fails(calls, FetchLanguage(name, tmp_path / "target")), LanguageUnknown)
    assert not hub.asked
    assert connection_log.read(paths_of_module) == before
    with pytest.raises(LanguageUnknown):
        tessdata.place_of(paths_of_module, name)


def test_a_busy_server_is_asked_again_a_few_times(calls, hub, french) -> None:
    hub.spoil(status=503)
    assert fails(calls, french).args == ("fra", 503)
    assert len(hub.asked) == 4
    hub.spoil(status=403)  # there are no terms to be accepted
    busy = fails(calls, french)
    assert (type(busy), busy.args) == (HubBusy, ("fra", 403))


def test_offline_means_that_nothing_is_asked(hub, paths, french) -> None:
    with started(paths, hub, offline=True) as calls:
        assert isinstance(fails(calls, french), Offline)
    assert not hub.asked
    assert connection_log.read(paths) == []


def test_a_full_disk_keeps_what_came(hub, paths, french) -> None:
    settings = Network(language_data=f"{hub.endpoint}/fast")
    target = functools.partial(full_disk.main, paths.home, settings, HALF)
    with Calls("downloading", target) as calls:
        full = fails(calls, french)
    assert (type(full), full.args) == (DiskFull, (str(paths.tessdata_folder),))
    hub.asked.clear()
    with started(paths, hub) as calls:
        fetched(calls, french)
    assert hub.sent == len(DATA) - HALF


def test_no_token_of_the_hub_goes_there(hub, paths, french, monkeypatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with started(paths, hub, endpoint=hub.endpoint) as calls:
        assert fails(calls, ListFiles("ana/none"))
        fetched(calls, french)
    assert hub.api[0].headers["authorization"] == "Bearer hf_secret"
    assert len(hub.asked) == 2
    assert not any("authorization" in one.headers for one in hub.asked)
    assert {one.headers["accept-encoding"] for one in hub.asked} == {"identity"}


def test_an_encrypted_place_leads_to_no_address_that_is_not(hub, paths, french) -> None:
    settings = Network(language_data="https://data.invalid", proxy=hub.endpoint)
    target = functools.partial(downloading.main, paths.home, settings, patience=IMPATIENT)
    with Calls("downloading", target) as calls:
        assert isinstance(fails(calls, french), HubUnreachable)
    assert not hub.asked  # the tunnel was refused


def test_the_connection_is_written_down_with_its_language(hub, paths, french) -> None:
    with started(paths, hub) as calls:
        fetched(calls, french)
    (one,) = connection_log.read(paths)
    assert (one.purpose, one.subject, one.outcome) == (Purpose.LANGUAGE, "fra", Outcome.ANSWERED)
    assert (one.host, one.port, one.bytes) == ("127.0.0.1", hub.port, len(DATA))


def test_the_system_s_own_data_is_data() -> None:
    from desktop_rag.engines.hub.tessdata import is_data

    files = list(tessdata.available(Paths(Path("nowhere"))).values())
    if not files:
        pytest.skip("there is no data for any language here")
    assert all(map(is_data, files))
