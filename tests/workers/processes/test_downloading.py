"""The real downloading process, with a real huggingface_hub, and a hub that misbehaves."""

import ctypes
import functools
import json
import os
import re
import signal
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_rag.domain.errors import (
    DiskFull,
    DiskTooSmall,
    DownloadDamaged,
    HubBusy,
    HubRefused,
    HubUnknown,
    HubUnreachable,
    ModelUnusable,
    Offline,
    RagError,
    WorkerDied,
)
from desktop_rag.domain.models import HubFault, ModelFacts, ModelKind
from desktop_rag.domain.patience import Patience
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.gguf import model_facts
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.settings.schema import Network
from desktop_rag.workers.commands.downloading import (
    Fetch,
    Fetched,
    Fetching,
    ListFiles,
    Peek,
    SearchHub,
)
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.network.connection_log import Outcome, Purpose
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import downloading
from tests import full_disk, gguf_models, hub_server
from tests.hub_server import Hub, Repository, sha256

IMPATIENT = Patience(connect=2, read=1, tries=4, first_pause=0.01, longest_pause=0.02)
REPOSITORY = "ana/Mini-GGUF"
FILE = "mini-Q4_K_M.gguf"
DATA = bytes(range(256)) * 4096 + b"end"  # a megabyte that is nowhere the same as elsewhere
HALF = len(DATA) // 2


def started(home: Path, endpoint: str, **network: object) -> Calls:
    settings = Network(endpoint=endpoint, **network)  # type: ignore[arg-type]
    target = functools.partial(downloading.main, home, settings, patience=IMPATIENT)
    calls = Calls("downloading", target)
    calls.start()
    return calls


@pytest.fixture(scope="module")
def hub_of_module() -> Iterator[Hub]:
    with hub_server.served() as hub:
        yield hub


@pytest.fixture(scope="module")
def paths(tmp_path_factory) -> Paths:
    return open_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def calls(hub_of_module, paths) -> Iterator[Calls]:
    with started(paths.home, hub_of_module.endpoint) as calls:
        yield calls


@pytest.fixture
def hub(hub_of_module) -> Iterator[Hub]:
    hub_of_module.repositories = {REPOSITORY: Repository({FILE: DATA})}
    hub_of_module.spoil()
    hub_of_module.asked.clear()
    hub_of_module.api.clear()
    hub_of_module.released.clear()
    hub_of_module.sending.clear()
    yield hub_of_module
    hub_of_module.released.set()


@pytest.fixture
def order(tmp_path) -> Fetch:
    target = tmp_path / "models" / FILE
    return Fetch(REPOSITORY, hub_server.REVISION, FILE, len(DATA), sha256(DATA), target)


def changed(order: Fetch, **changes: object) -> Fetch:
    return Fetch(**{name: getattr(order, name) for name in order.__slots__} | changes)  # type: ignore[arg-type]


def part_of(order: Fetch) -> Path:
    return order.target.with_name(order.target.name + ".part")


def left_over(order: Fetch) -> list[str]:
    folder = order.target.parent
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def fails(calls: Calls, command: object) -> RagError:
    with pytest.raises(RagError) as caught:
        list(calls.steps(command))
    return caught.value


def fetched(calls: Calls, order: Fetch) -> list[object]:
    steps = list(calls.steps(order))
    assert steps[-1] == Fetched(order.target, sha256(DATA))
    assert order.target.read_bytes() == DATA
    assert left_over(order) == [FILE]
    return steps


def at_the_first_bytes(calls: Calls, order: Fetch, act: Callable[[], object]) -> None:
    for step in calls.steps(order):
        if isinstance(step, Fetching) and step.done:
            act()


# Looking


def test_a_search_tells_what_the_hub_says_of_repositories(calls, hub) -> None:
    hub.repositories["bea/Mini-7B-GGUF"] = Repository({}, tags=["license:mit"], gated="manual")
    found = calls.value(SearchHub("mini", limit=5)).models
    assert [one.repository for one in found] == [REPOSITORY, "bea/Mini-7B-GGUF"]
    assert (found[1].licence, found[1].gated, found[1].downloads) == ("mit", True, 17)
    assert found[0].changed == "2026-11-02"


def test_a_search_takes_no_more_than_it_was_asked_for(calls, hub) -> None:
    for n in range(9):
        hub.repositories[f"ana/other-{n}"] = Repository({})
    assert len(calls.value(SearchHub("other", limit=4)).models) == 4


def test_files_come_with_the_sizes_and_hashes_of_the_hub(calls, hub) -> None:
    hub.repositories[REPOSITORY].card = {"license": "other", "license_name": "own-1.0"}
    hub.repositories[REPOSITORY].files |= {"README.md": b"x", "mmproj-F16.gguf": b"x"}
    found = calls.value(ListFiles(REPOSITORY))
    assert (found.revision, found.licence, found.gated) == (hub_server.REVISION, "own-1.0", False)
    (file,) = found.files
    assert (file.name, file.size, file.sha256) == (FILE, len(DATA), sha256(DATA))
    assert (file.quantization, file.files) == ("Q4_K_M", (file,))


def test_the_parts_of_a_split_model_are_one_file(calls, hub) -> None:
    hub.repositories[REPOSITORY].files = {
        "big/m-Q8_0-00002-of-00002.gguf": b"second",
        "big/m-Q8_0-00001-of-00002.gguf": b"first",
        "m-Q2_K-00001-of-00003.gguf": b"without the rest",
        "m-IQ3_XS.gguf": b"one",
    }
    found = calls.value(ListFiles(REPOSITORY)).files
    assert [(file.name, file.size) for file in found] == [
        ("m-IQ3_XS.gguf", 3),
        ("big/m-Q8_0-00001-of-00002.gguf", 11),
    ]
    assert [part.sha256 for part in found[1].files] == [sha256(b"first"), sha256(b"second")]


def test_of_an_encoder_come_neither_pickles_nor_code(calls, hub) -> None:
    wanted = {
        "1_Pooling/config.json",
        "config.json",
        "model.safetensors",
        "modules.json",
        "sentencepiece.bpe.model",
        "tokenizer.json",
        "vocab.txt",
    }
    unwanted = {
        "model.onnx",
        "modeling.py",
        "onnx/config.json",
        "onnx/model.onnx",
        "openvino/model.safetensors",
        "pytorch_model.bin",
        "rust_model.ot",
        "tf_model.h5",
        "weights.pt",
    }
    hub.repositories[REPOSITORY] = Repository(
        dict.fromkeys(wanted | unwanted, b"x"), small={"config.json"}
    )
    for kind in (ModelKind.EMBEDDER, ModelKind.RERANKER):
        found = calls.value(ListFiles(REPOSITORY, kind)).files
        assert {file.name for file in found} == wanted
        assert [file.sha256 for file in found if file.name == "config.json"] == [""]


def test_a_repository_without_such_a_model_is_said_to_have_none(calls, hub) -> None:
    hub.repositories[REPOSITORY] = Repository({"pytorch_model.bin": b"x", "config.json": b"{}"})
    assert fails(calls, ListFiles(REPOSITORY)).args == (REPOSITORY, "*.gguf")
    missing = fails(calls, ListFiles(REPOSITORY, ModelKind.EMBEDDER))
    assert missing.args == (REPOSITORY, "*.safetensors")


def test_names_that_lead_elsewhere_are_not_listed(calls, hub) -> None:
    bad = [
        "../up.gguf",
        "/etc/a.gguf",
        "a//b.gguf",
        "c:\\a.gguf",
        "con.gguf",
        "a\n.gguf",
        "./b.gguf",
    ]
    hub.repositories[REPOSITORY].files |= dict.fromkeys(bad, b"x")
    assert [file.name for file in calls.value(ListFiles(REPOSITORY)).files] == [FILE]


# Looking into a file


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("model") / "m.gguf"
    gguf_models.write_babbler(path)
    return path.read_bytes()


def peeked(calls: Calls, data: bytes) -> ModelFacts:
    return calls.value(Peek(REPOSITORY, hub_server.REVISION, FILE, len(data)))


def test_a_header_on_the_hub_says_what_it_says_on_the_disk(calls, hub, model) -> None:
    large = model + bytes(20_000_000)
    hub.repositories[REPOSITORY].files[FILE] = large
    facts = peeked(calls, large)
    assert facts == model_facts.facts_from(
        lambda at, length: large[at : at + length], len(large), name=FILE
    )
    assert facts.layers > 0
    assert hub.sent < 6_000_000


@pytest.mark.parametrize(
    "manners",
    [
        {"drop_after": 1000, "times": 1},
        {"drop_after": 1000, "times": 1, "ranges": False},
        {"ranges": False},
        {"stall_after": 0, "times": 1},
    ],
)
def test_a_header_comes_from_a_hub_that_misbehaves(calls, hub, model, manners) -> None:
    hub.repositories[REPOSITORY].files[FILE] = model
    hub.spoil(**manners)
    assert peeked(calls, model).layers > 0


def test_a_file_that_is_no_model_is_said_to_be_none(calls, hub) -> None:
    assert isinstance(
        fails(calls, Peek(REPOSITORY, hub_server.REVISION, FILE, len(DATA))), ModelUnusable
    )


def test_looking_into_a_file_that_is_gone_fails(calls, hub) -> None:
    gone = Peek(REPOSITORY, hub_server.REVISION, "gone.gguf", 100)
    assert isinstance(fails(calls, gone), HubUnknown)


# Refusals


def test_a_repository_that_is_not_there_is_unknown(calls, hub) -> None:
    assert fails(calls, ListFiles("ana/none")).args == (HubUnknown("ana/none").args)
    assert isinstance(fails(calls, ListFiles("not a name")), HubUnknown)


@pytest.mark.parametrize("status", [401, 403])
def test_terms_that_were_not_accepted_are_a_refusal(calls, hub, order, status) -> None:
    hub.spoil(status=status, headers={"X-Error-Code": "GatedRepo"})
    assert isinstance(fails(calls, ListFiles(REPOSITORY)), HubRefused)
    assert isinstance(fails(calls, order), HubRefused)


def test_a_file_that_is_gone_is_unknown(calls, hub, order) -> None:
    missing = fails(calls, changed(order, file="other.gguf"))
    assert isinstance(missing, HubUnknown)
    assert missing.args == (REPOSITORY, "other.gguf")


def test_a_name_that_is_none_is_never_asked_for(calls, hub, order) -> None:
    assert isinstance(fails(calls, changed(order, file="../../secret")), HubUnknown)
    assert not hub.asked


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_hub_is_asked_again_a_few_times(calls, hub, order, status) -> None:
    hub.spoil(status=status)
    busy = fails(calls, ListFiles(REPOSITORY))
    assert (type(busy), busy.args) == (HubBusy, (REPOSITORY, status))
    assert len(hub.api) == 3
    assert fails(calls, order).args == (REPOSITORY, status)
    assert len(hub.asked) == 4


def test_a_hub_that_was_busy_for_a_moment_answers(calls, hub, order) -> None:
    hub.spoil(status=429, times=1, headers={"Retry-After": "0"})
    assert calls.value(ListFiles(REPOSITORY)).files
    hub.spoil(status=503, times=2)
    fetched(calls, order)


def test_a_hub_that_asks_for_an_hour_is_not_waited_for(calls, hub, order) -> None:
    hub.spoil(status=429, headers={"Retry-After": "3600"})
    assert isinstance(fails(calls, ListFiles(REPOSITORY)), HubBusy)
    hub.spoil(status=429, headers={"Retry-After": "Wed, 21 Oct 2037 07:28:00 GMT"})
    assert isinstance(fails(calls, order), HubBusy)
    assert (len(hub.api), len(hub.asked)) == (1, 1)


@pytest.mark.parametrize(
    "page", [b"<html>Sign in to the hotel</html>", b'{"a": 1}', b"[7]", b"null"]
)
def test_a_page_that_no_hub_sends_is_no_answer(calls, hub, page) -> None:
    hub.spoil(page=page)
    assert fails(calls, ListFiles(REPOSITORY)).args == (REPOSITORY, "not the answer of a hub")


def test_nobody_there_is_said_in_a_word(paths, tmp_path, order) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with started(tmp_path / "home", f"http://127.0.0.1:{taken.getsockname()[1]}") as calls:
            assert fails(calls, ListFiles(REPOSITORY)).args == (REPOSITORY, "connection refused")
            assert fails(calls, order).args == (REPOSITORY, "connection refused")
        log = connection_log.read(Paths(tmp_path / "home"))
    assert {one.outcome for one in log} == {Outcome.BROKEN}


def test_a_server_without_tls_is_said_in_a_word(hub, tmp_path) -> None:
    with started(tmp_path / "home", hub.endpoint.replace("http:", "https:")) as calls:
        assert fails(calls, ListFiles(REPOSITORY)).args == (REPOSITORY, HubFault.TLS)


def test_offline_means_that_nothing_is_asked(hub, tmp_path, order) -> None:
    with started(tmp_path / "home", hub.endpoint, offline=True) as calls:
        for command in (SearchHub("mini"), ListFiles(REPOSITORY), order):
            assert isinstance(fails(calls, command), Offline)
    assert not hub.api
    assert not hub.asked
    assert connection_log.read(Paths(tmp_path / "home")) == []


# Getting a file


def test_a_file_comes_whole_with_its_progress(calls, hub, order) -> None:
    steps = fetched(calls, order)
    assert steps[0] == Fetching(0, len(DATA), 0.0)
    last = steps[-2]
    assert isinstance(last, Fetching)
    assert (last.done, last.size) == (len(DATA), len(DATA))
    assert last.per_second > 0


def test_a_file_that_is_there_is_not_asked_for(calls, hub, order) -> None:
    fetched(calls, order)
    hub.asked.clear()
    assert list(calls.steps(order))[-1] == Fetched(order.target, sha256(DATA))
    assert not hub.asked
    order.target.write_bytes(b"-" * len(DATA))  # of the right size alone
    fetched(calls, order)


def test_a_file_of_no_bytes_comes(calls, hub, order) -> None:
    empty = changed(order, size=0, sha256="")
    assert list(calls.steps(empty))[-1] == Fetched(order.target, sha256(b""))
    assert order.target.read_bytes() == b""


def test_a_small_file_needs_no_hash(calls, hub, order) -> None:
    fetched(calls, changed(order, sha256=""))


@pytest.mark.parametrize("after", [0, HALF])
def test_a_dropped_connection_is_taken_up_where_it_broke(calls, hub, order, after) -> None:
    hub.spoil(drop_after=after, times=1)
    fetched(calls, order)
    assert hub.sent == len(DATA)
    cdn = [one for one in hub.asked if one.path.startswith("/cdn/")]
    assert [one.start for one in cdn] == [0, after]


def test_an_answer_that_ends_too_soon_is_taken_up(calls, hub, order) -> None:
    hub.spoil(end_after=HALF, times=1)
    fetched(calls, order)
    assert hub.sent == len(DATA)


def test_answers_that_always_end_at_once_are_given_up(calls, hub, order) -> None:
    hub.spoil(end_after=0)
    assert isinstance(fails(calls, order), HubUnreachable)
    assert len([one for one in hub.asked if one.status == 200]) == 4


def test_connections_that_always_drop_are_given_up_but_what_came_is_kept(calls, hub, order) -> None:
    hub.spoil(drop_after=0)
    assert fails(calls, order).args == (REPOSITORY, "connection broken")
    hub.spoil(drop_after=HALF, times=1)
    fetched(calls, order)


def test_a_hub_that_drops_each_connection_after_a_while_gets_there(calls, hub, order) -> None:
    hub.spoil(drop_after=100_000)
    fetched(calls, order)
    assert hub.sent == len(DATA)


def test_a_hub_that_stalls_is_left_and_asked_anew(calls, hub, order) -> None:
    hub.spoil(stall_after=HALF, times=1)
    fetched(calls, order)
    assert hub.sent == len(DATA)


def test_without_ranges_a_broken_file_begins_anew(calls, hub, order) -> None:
    hub.spoil(drop_after=HALF, times=1, ranges=False)
    fetched(calls, order)
    assert hub.sent == HALF + len(DATA)


def test_without_ranges_and_always_dropped_there_is_an_end(calls, hub, order) -> None:
    hub.spoil(drop_after=HALF, ranges=False)
    assert isinstance(fails(calls, order), HubUnreachable)
    assert part_of(order).stat().st_size == HALF


def test_the_wrong_part_of_a_file_is_not_taken(calls, hub, order) -> None:
    hub.spoil(drop_after=HALF, times=1, wrong_start=1)
    fetched(calls, order)
    assert [one.status for one in hub.asked if one.status != 302] == [200, 206, 200]


def half_fetched(calls: Calls, hub: Hub, order: Fetch) -> None:
    hub.spoil(slow=True)
    for step in calls.steps(order):
        if isinstance(step, Fetching) and step.done:
            break
    hub.released.set()
    assert 0 < part_of(order).stat().st_size < len(DATA)
    hub.asked.clear()
    hub.spoil()


def test_cancelling_keeps_what_came(calls, hub, order) -> None:
    half_fetched(calls, hub, order)
    kept = part_of(order).stat().st_size
    fetched(calls, order)
    assert hub.sent == len(DATA) - kept


def test_a_killed_process_asks_for_no_byte_twice(hub, tmp_path, order) -> None:
    hub.spoil(slow=True)
    with started(tmp_path / "home", hub.endpoint) as calls:
        with pytest.raises(WorkerDied):
            at_the_first_bytes(calls, order, calls._worker.kill)
        hub.released.set()
    kept = part_of(order).stat().st_size
    assert 0 < kept < len(DATA)
    hub.asked.clear()
    hub.spoil()
    with started(tmp_path / "home", hub.endpoint) as calls:
        fetched(calls, order)
    assert hub.sent == len(DATA) - kept
    lost = [one for one in connection_log.read(Paths(tmp_path / "home")) if one.outcome == "open"]
    assert [one.purpose for one in lost] == [Purpose.DOWNLOAD]


def test_a_file_that_changed_meanwhile_begins_anew(calls, hub, order) -> None:
    order = changed(order, sha256="")
    half_fetched(calls, hub, order)
    other = DATA[::-1]
    hub.repositories[REPOSITORY].files[FILE] = other
    assert list(calls.steps(order))[-1] == Fetched(order.target, sha256(other))
    assert [one.status for one in hub.asked] == [302, 200]


def test_a_file_that_changed_is_told_by_its_etag_where_the_hub_does_not(calls, hub, order) -> None:
    order = changed(order, sha256="")
    half_fetched(calls, hub, order)
    other = DATA[::-1]
    hub.repositories[REPOSITORY].files[FILE] = other
    hub.spoil(ignores_if_range=True)
    assert list(calls.steps(order))[-1] == Fetched(order.target, sha256(other))


def test_what_came_of_another_file_is_not_its_beginning(calls, hub, order) -> None:
    half_fetched(calls, hub, order)
    other = changed(order, revision="main")
    fetched(calls, other)
    assert hub.sent == len(DATA)


@pytest.mark.parametrize("known", [b"", b"{}", b"[1]", b"\xff", b'{"etag": "x"}'])
def test_a_part_about_which_nothing_is_known_begins_anew(calls, hub, order, known) -> None:
    part_of(order).parent.mkdir()
    part_of(order).write_bytes(b"something else")
    part_of(order).with_name(part_of(order).name + ".json").write_bytes(known)
    fetched(calls, order)


# Lies


def test_a_file_with_another_hash_is_thrown_away(calls, hub, order) -> None:
    damaged = fails(calls, changed(order, sha256="0" * 64))
    assert (type(damaged), damaged.args) == (DownloadDamaged, (REPOSITORY,))
    assert left_over(order) == []


def test_a_damaged_beginning_is_noticed_at_the_end(calls, hub, order) -> None:
    half_fetched(calls, hub, order)
    with part_of(order).open("r+b") as part:
        part.write(b"?")
    assert isinstance(fails(calls, order), DownloadDamaged)
    assert left_over(order) == []
    fetched(calls, order)


@pytest.mark.parametrize("off", [-1, 1])
def test_a_file_of_another_size_is_not_taken(calls, hub, order, off) -> None:
    assert isinstance(fails(calls, changed(order, size=len(DATA) + off)), DownloadDamaged)
    assert left_over(order) == []


def test_a_file_that_grew_meanwhile_is_not_taken(calls, hub, order) -> None:
    half_fetched(calls, hub, order)
    hub.spoil(total_off=5)
    assert isinstance(fails(calls, order), DownloadDamaged)
    assert left_over(order) == []


def test_a_hub_that_lies_about_a_size_when_listing_is_found_out(calls, hub, order) -> None:
    hub.spoil(lies_by=7)
    (file,) = calls.value(ListFiles(REPOSITORY)).files
    assert isinstance(fails(calls, changed(order, size=file.size)), DownloadDamaged)


def test_more_than_was_promised_is_not_taken(calls, hub, order) -> None:
    hub.spoil(too_much=60_000_000)
    assert isinstance(fails(calls, order), DownloadDamaged)
    assert left_over(order) == []
    assert hub.sent < 40_000_000


# The disk


def test_a_file_that_does_not_fit_is_not_begun(calls, hub, order) -> None:
    too_small = fails(calls, changed(order, size=1 << 60))
    assert isinstance(too_small, DiskTooSmall)
    assert too_small.needed_gib == 1 << 30
    assert not hub.asked
    assert isinstance(fails(calls, changed(order, later=1 << 60)), DiskTooSmall)
    assert not hub.asked


def test_a_full_disk_keeps_what_came(hub, tmp_path, order) -> None:
    settings = Network(endpoint=hub.endpoint)
    target = functools.partial(full_disk.main, tmp_path / "home", settings, HALF)
    with Calls("downloading", target) as calls:
        full = fails(calls, order)
    assert (type(full), full.args) == (DiskFull, (str(order.target.parent),))
    assert part_of(order).stat().st_size == HALF
    hub.asked.clear()
    with started(tmp_path / "home", hub.endpoint) as calls:
        fetched(calls, order)
    assert hub.sent == len(DATA) - HALF


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system of its own")
def test_a_disk_that_is_really_full_keeps_what_came(hub, tmp_path, order) -> None:
    folder = tmp_path / "small disk"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=512k") != 0:
        pytest.skip("nobody here may mount one")
    try:
        order = changed(order, target=folder / FILE)
        settings = Network(endpoint=hub.endpoint)
        target = functools.partial(full_disk.main, tmp_path / "home", settings, 1 << 40)
        with Calls("downloading", target) as calls:
            full = fails(calls, order)
        assert (type(full), full.args) == (DiskFull, (str(folder),))
        assert 300_000 < part_of(order).stat().st_size < HALF
    finally:
        libc.umount(os.fsencode(folder))


def test_a_place_that_cannot_be_written_is_said(calls, hub, order) -> None:
    order.target.parent.write_text("a file where the folder should be")
    assert isinstance(fails(calls, order), RagError)


# Whom it tells what


def test_a_token_goes_to_the_hub_and_to_nobody_else(hub, tmp_path, monkeypatch, order) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with hub_server.served() as other:
        other.repositories = hub.repositories
        hub.spoil(elsewhere=other.endpoint, drop_after=HALF, times=0)
        other.spoil(drop_after=HALF, times=1)
        with started(tmp_path / "home", hub.endpoint) as calls:
            assert calls.value(ListFiles(REPOSITORY)).files
            fetched(calls, order)
        assert {one.headers["authorization"] for one in hub.api + hub.asked} == {"Bearer hf_secret"}
        assert len(other.asked) == 2
        assert not any("authorization" in one.headers for one in other.asked)
        assert other.sent == len(DATA)
        hosts = {one.port for one in connection_log.read(Paths(tmp_path / "home"))}
        assert hosts == {hub.port, other.port}
    assert b"hf_secret" not in Paths(tmp_path / "home").connections_file.read_bytes()


def test_without_a_token_none_is_told_whoever_is_signed_in(hub, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "hf"
    folder.mkdir()
    (folder / "token").write_text("hf_of_the_person")
    monkeypatch.setenv("HF_HOME", str(folder))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with started(tmp_path / "home", hub.endpoint) as calls:
        list(calls.steps(ListFiles(REPOSITORY)))
    assert not any("authorization" in one.headers for one in hub.api)
    assert [one.path for one in hub.api] == [f"/api/models/{REPOSITORY}?blobs=true"]


def test_the_hub_may_come_from_the_environment(hub, tmp_path, monkeypatch, order) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint + "/")
    with started(tmp_path / "home", "") as calls:
        assert calls.value(ListFiles(REPOSITORY)).files
        fetched(calls, order)


@pytest.mark.parametrize("endpoint", ["hub.invalid", "hub.invalid:8080", "//hub.invalid"])
def test_an_address_of_the_environment_that_is_none_is_said_to_be_none(
    tmp_path, monkeypatch, endpoint
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    with started(tmp_path / "home", "") as calls:
        error = fails(calls, ListFiles(REPOSITORY))
    assert isinstance(error, HubUnreachable)
    assert error.reason == HubFault.ADDRESS


def test_everything_goes_through_the_proxy(hub, tmp_path, order) -> None:
    with started(tmp_path / "home", "http://hub.invalid", proxy=hub.endpoint) as calls:
        fetched(calls, order)
    assert {one.headers["host"] for one in hub.asked} == {"hub.invalid"}
    log = connection_log.read(Paths(tmp_path / "home"))
    assert {(one.host, one.port) for one in log} == {("127.0.0.1", hub.port)}


@pytest.mark.parametrize("proxy", ["socks5h://127.0.0.1:9", "socks://127.0.0.1:9"])
def test_a_proxy_of_the_system_of_an_unknown_kind_is_said(
    tmp_path, hub, order, proxy, monkeypatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with started(tmp_path / "home", hub.endpoint) as calls:
        for command in (ListFiles(REPOSITORY), order):
            error = fails(calls, command)
            assert isinstance(error, HubUnreachable)
            assert error.reason == HubFault.PROXY


def test_an_encrypted_hub_leads_to_no_address_that_is_not(tmp_path, hub) -> None:
    with started(tmp_path / "home", "https://hub.invalid", proxy=hub.endpoint) as calls:
        assert isinstance(fails(calls, ListFiles(REPOSITORY)), HubUnreachable)
    assert not hub.api  # the tunnel was refused


# The log


def test_every_connection_is_written_down(hub, tmp_path, order) -> None:
    home = tmp_path / "home"
    with started(home, hub.endpoint) as calls:
        list(calls.steps(SearchHub("mini and secret words")))
        hub.spoil(drop_after=HALF, times=1)
        fetched(calls, order)
    log = connection_log.read(Paths(home))
    assert [(one.purpose, one.subject, one.outcome) for one in log] == [
        (Purpose.DOWNLOAD, f"{REPOSITORY}/{FILE}", Outcome.ANSWERED),
        (Purpose.DOWNLOAD, f"{REPOSITORY}/{FILE}", Outcome.BROKEN),
        (Purpose.SEARCH, "", Outcome.ANSWERED),
    ]
    assert {(one.host, one.port) for one in log} == {("127.0.0.1", hub.port)}
    assert sum(one.bytes for one in log[:2]) == len(DATA)
    file = Paths(home).connections_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 or sys.platform == "win32"
    assert not re.search("secret|signed|http", file.read_text())
    assert {json.loads(line)["host"] for line in file.read_text().splitlines()} == {"127.0.0.1"}


def test_what_cannot_be_written_down_is_not_connected(hub, tmp_path) -> None:
    home = tmp_path / "home"
    with started(home, hub.endpoint) as calls:
        list(calls.steps(ListFiles(REPOSITORY)))
        hub.api.clear()
        Paths(home).connections_file.unlink()
        Paths(home).connections_file.mkdir()
        assert isinstance(fails(calls, ListFiles(REPOSITORY)), HubUnreachable)
    assert not hub.api


def test_stopping_a_download_is_written_down(hub, tmp_path, order) -> None:
    home = tmp_path / "home"
    with started(home, hub.endpoint) as calls:
        hub.spoil(slow=True)
        with pytest.raises(Cancelled):
            at_the_first_bytes(calls, order, lambda: (calls._worker.cancel(), hub.released.set()))
    (one,) = connection_log.read(Paths(home))
    assert one.outcome is Outcome.STOPPED
    assert 0 < one.bytes < len(DATA) + 1


def test_ctrl_c_is_for_the_parent(calls, hub) -> None:
    process = calls._worker._life.process
    os.kill(process.pid, signal.SIGINT)
    assert calls.value(ListFiles(REPOSITORY)).files


def test_nothing_else_is_left_in_the_data_directory(calls, hub, paths) -> None:
    list(calls.steps(ListFiles(REPOSITORY)))
    files = {path.name for path in paths.home.iterdir() if path.is_file()}
    assert files == {"connections.jsonl", "connections.lock"}
