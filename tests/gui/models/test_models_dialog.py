"""The models dialog: what it shows of models, and what it wishes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from desktop_rag.domain.examination import Grade
from desktop_rag.domain.generation import ModelReady
from desktop_rag.domain.models import (
    Adapter,
    Fit,
    Gpu,
    HubModel,
    Machine,
    ModelKind,
    Stretch,
    Verdict,
)
from desktop_rag.gui.downloads.values import DownloadState, DownloadValue
from desktop_rag.gui.models import models_dialog
from desktop_rag.gui.models.adapters_dialog import AdaptersDialog
from desktop_rag.gui.models.context_dialog import ContextDialog
from desktop_rag.gui.models.models_dialog import (
    CONNECTIONS,
    DOWNLOADS,
    OFFERED,
    SEARCHING,
    ModelsDialog,
)
from desktop_rag.gui.models.quantize_dialog import QuantizeDialog
from desktop_rag.gui.models.values import (
    BenchmarkValue,
    ConnectionValue,
    Doing,
    EmbedderValue,
    EncodersValue,
    FilesValue,
    FileValue,
    MachineValue,
    ModelValue,
    OfferValue,
    RebuildingValue,
    SizeGroup,
    Smaller,
    WorkValue,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

GIB = 1 << 30
FITS = Fit(Verdict.FITS, 3 * GIB, 24.2, 0, 8192)
TOO_LARGE = Fit(Verdict.TOO_LARGE, 22 * GIB, 0.8, 0, 8192)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SMALLER = (Smaller("Q8_0", 3_300_000_000), Smaller("Q4_K_M", 1_900_000_000))
QWEN = ModelValue(
    id=1,
    name="Qwen & friends",
    kind=ModelKind.WRITER,
    path=Path("/models/q.gguf"),
    size=1_930_000_000,
    quantization="Q4_K_M",
    licence="Apache-2.0",
    fit=FITS,
    context_tokens=4096,
    smaller=SMALLER,
    ours=True,
)
OTHER = replace(QWEN, id=2, name="Other", ours=False)
BROKEN = replace(QWEN, id=3, name="Broken", problem="It is not complete. Download it again.")
EMBEDDER = ModelValue(id=4, name="e5", kind=ModelKind.EMBEDDER, path=Path("/models/e5"))
OFFERS = (
    OfferValue(key="s", name="Small one", about=500_000_000, fit=FITS),
    OfferValue(key="m", name="Medium one", group=SizeGroup.MEDIUM, recommended=True, spanish=True),
    OfferValue(key="l", name="Large one", group=SizeGroup.LARGE, fit=TOO_LARGE, size=9_000_000_000),
    OfferValue(key="e", name="e5", kind=ModelKind.EMBEDDER, installed=True),
    OfferValue(key="r", name="bge", kind=ModelKind.RERANKER, fraction=0.4),
    OfferValue(key="x", name="xnli", kind=ModelKind.ENTAILMENT),
)
FOUND = (HubModel("a/one-GGUF", "mit", 1_234_567, 10), HubModel("b/two-GGUF", gated=True))
FILES = FilesValue(
    "a/one-GGUF",
    files=(
        FileValue(name="one-Q8_0.gguf", size=3_000_000_000, quantization="Q8_0"),
        FileValue(name="one-Q4_K_M.gguf", size=2_000_000_000, quantization="Q4_K_M"),
    ),
)
RUNNING = DownloadValue(
    id=1, name="Qwen", state=DownloadState.RUNNING, done=500, size=2000, per_second=5.0
)


@pytest.fixture
def dialog(qtbot, theme) -> ModelsDialog:
    made = ModelsDialog()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def said(qapp, monkeypatch) -> list[str]:
    heard: list[str] = []

    def hear(event) -> None:
        if event.type() == QAccessible.Event.Announcement:
            heard.append(event.message())

    QAccessible.setActive(True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    yield heard
    QAccessible.setActive(False)


def lines(shown) -> list[str]:
    return [one.below for one in shown.lines]


def heard(signal) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


def line(rows, key):
    return next(line for line in rows.lines if line.key == key)


def button(dialog, words) -> QPushButton:
    return next(one for one in dialog.ask.buttons if words in one.text())


def dropped(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(target, data) -> None:
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    target.dragEnterEvent(QDragEnterEvent(QPointF(9, 9), *how, keys))
    target.dropEvent(QDropEvent(QPointF(9, 9), *how, keys))


# What is installed


def test_a_model_tells_what_it_is_and_whether_it_fits(dialog) -> None:
    dialog.set_models([QWEN])
    shown = line(dialog.installed.list, 1)
    assert shown.below == "Language model · 1.9 GB · Q4_K_M · Apache-2.0"
    assert (shown.side, shown.colour) == ("Fits", "good")
    assert shown.side_below == "3 GB of memory · about 24 tokens/s"
    assert "Fits" in dialog.installed.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_was_measured_counts_more_than_what_was_reckoned(dialog) -> None:
    dialog.set_models([replace(QWEN, measured=BenchmarkValue(80.0, 7.51, 2 * GIB, "CPU"))])
    assert line(dialog.installed.list, 1).side_below == "7.5 tokens/s measured"
    dialog.installed.choose(1)
    assert "writes 7.5 tokens/s, 2 GB of memory (CPU)" in dialog.installed.detail.text.text()


def test_one_entry_is_in_use_if_only_that_of_no_model(dialog) -> None:
    dialog.set_models([QWEN, OTHER])
    assert [one.key for one in dialog.installed.list.lines if one.badge] == ["quotes"]
    dialog.set_models([QWEN, replace(OTHER, in_use=True)])
    assert [one.key for one in dialog.installed.list.lines if one.badge] == [2]


def test_models_are_used_and_not_used_by_button_and_return(dialog, qtbot) -> None:
    dialog.set_models([replace(QWEN, in_use=True), OTHER])
    told = heard(dialog.use_requested)
    assert not dialog.installed.use.isEnabled()
    dialog.installed.choose(2)
    qtbot.keyClick(dialog.installed.list, Qt.Key.Key_Return)
    dialog.installed.list.choose("quotes")
    dialog.installed.use.click()
    assert told == [(2,), (None,)]


def test_a_model_that_cannot_be_used_says_why_and_is_not_used(dialog, qtbot) -> None:
    dialog.set_models([BROKEN])
    dialog.installed.choose(3)
    told = heard(dialog.use_requested)
    qtbot.keyClick(dialog.installed.list, Qt.Key.Key_Return)
    assert told == []
    assert dialog.installed.detail.warning.text() == BROKEN.problem
    assert not dialog.installed.benchmark.isEnabled()
    assert dialog.installed.remove.isEnabled()


def test_an_embedder_is_chosen_on_the_page_for_searching(dialog) -> None:
    dialog.set_models([QWEN, EMBEDDER])
    dialog.installed.choose(4)
    assert not dialog.installed.benchmark.isVisible()
    dialog.installed.use.click()
    assert dialog.tabs.currentIndex() == SEARCHING


def test_an_exam_is_wished_watched_and_its_grade_told(dialog) -> None:
    dialog.set_models([QWEN, OTHER])
    dialog.installed.choose(1)
    assert "Not examined yet" in dialog.installed.detail.text.text()
    wished = heard(dialog.examine_requested)
    dialog.installed.examine.click()
    assert wished == [(1,)]
    dialog.set_work([WorkValue(1, Doing.EXAMINING, 0.4)])
    assert not dialog.installed.examine.isEnabled()
    assert dialog.installed.detail.doing.text() == "Finding out how well it answers…"
    dialog.set_work([])
    grade = Grade(answerable=16, right=14, cited=9, unanswerable=4, refused=3, seconds=3.25)
    dialog.set_models([replace(QWEN, grade=grade), OTHER])
    told = dialog.installed.detail.text.text()
    assert "Right in 17 of 20 question" in told
    assert "Its answers stand first" in told
    dialog.set_models([replace(QWEN, grade=replace(grade, right=2)), OTHER])
    assert "own words stand before its answers" in dialog.installed.detail.text.text()
    assert any("Right in 5 of 20 question" in line for line in lines(dialog.installed.list))


def test_an_embedder_is_not_examined(dialog) -> None:
    dialog.set_models([EMBEDDER])
    dialog.installed.choose(EMBEDDER.id)
    assert not dialog.installed.examine.isVisible()
    assert "xamined" not in dialog.installed.detail.text.text()


def test_a_benchmark_is_wished_watched_and_cancelled(dialog) -> None:
    dialog.set_models([QWEN])
    dialog.installed.choose(1)
    wished, cancelled = heard(dialog.benchmark_requested), heard(dialog.work_cancelled)
    dialog.installed.benchmark.click()
    dialog.set_work([WorkValue(1, Doing.BENCHMARK)])
    detail = dialog.installed.detail
    assert detail.bar.isVisible()
    assert detail.bar.maximum() == 0  # nobody knows how far it is
    assert not dialog.installed.remove.isEnabled()
    detail.cancel.click()
    assert (wished, cancelled) == ([(1,)], [(1,)])
    dialog.set_work([])
    assert not detail.bar.isVisible()


def test_what_is_chosen_stays_so_while_things_change(dialog) -> None:
    dialog.set_models([QWEN, OTHER])
    dialog.installed.choose(2)
    dialog.set_models([replace(OTHER, name="Renamed"), QWEN, EMBEDDER])
    assert dialog.installed.chosen.name == "Renamed"
    dialog.set_models([QWEN])
    assert dialog.installed.list.key == "quotes"


def test_a_file_of_ours_is_deleted_only_after_a_question(dialog) -> None:
    dialog.set_models([QWEN])
    dialog.installed.choose(1)
    told = heard(dialog.removal_requested)
    dialog.installed.remove.click()
    assert told == []
    assert "1.9 GB" in dialog.ask.label.text()
    assert button(dialog, "Keep it").hasFocus()  # so that Return deletes nothing
    button(dialog, "Keep it").click()
    assert told == []
    assert not dialog.ask.isVisible()
    dialog.installed.remove.click()
    button(dialog, "Delete the file").click()
    assert told == [(1,)]


def test_escape_answers_a_question_and_leaves_the_dialog_open(dialog, qtbot) -> None:
    dialog.set_models([QWEN])
    dialog.installed.choose(1)
    told = heard(dialog.removal_requested)
    dialog.installed.remove.click()
    qtbot.keyClick(button(dialog, "Delete"), Qt.Key.Key_Escape)
    assert told == []
    assert dialog.isVisible()
    assert not dialog.ask.isVisible()


def test_a_file_of_somebody_else_is_taken_out_without_a_question(dialog) -> None:
    dialog.set_models([OTHER])
    dialog.installed.choose(2)
    told, undone = heard(dialog.removal_requested), heard(dialog.undone)
    dialog.installed.remove.click()
    assert told == [(2,)]
    dialog.offer_undo("“Other” removed", 2)
    dialog.undo.take()
    assert undone == [(2,)]


def test_the_folder_of_a_model_can_be_shown(dialog) -> None:
    dialog.set_models([QWEN])
    dialog.installed.choose(1)
    told = heard(dialog.folder_requested)
    dialog.installed.folder.click()
    assert told == [(QWEN.path,)]


# Files


def test_a_dropped_model_is_kept_where_it_is_or_copied(dialog, tmp_path) -> None:
    one, two, three = (tmp_path / name for name in ("one.gguf", "two.GGUF", "three.gguf"))
    for path in (one, two, three):
        path.write_bytes(bytes(1000))
    told = heard(dialog.file_added)
    drop(dialog, dropped(one, two, three, tmp_path / "a.pdf"))
    assert "one.gguf" in dialog.ask.label.text()
    button(dialog, "Keep it where it is").click()
    button(dialog, "Copy it (1 kB)").click()
    assert "three.gguf" in dialog.ask.label.text()
    button(dialog, "Do not add it").click()
    assert told == [(one, False), (two, True)]
    assert not dialog.ask.isVisible()


def test_a_question_that_another_one_took_the_place_of_comes_back(dialog, tmp_path) -> None:
    first, second = tmp_path / "first.gguf", tmp_path / "second.gguf"
    told = heard(dialog.file_added)
    dialog.set_models([QWEN])
    dialog.offer_files([first])
    dialog.installed.choose(1)
    dialog.installed.remove.click()
    button(dialog, "Keep it").click()
    dialog.offer_files([second])
    button(dialog, "Keep it where it is").click()
    button(dialog, "Keep it where it is").click()
    assert told == [(second, False), (first, False)]
    assert not dialog.ask.isVisible()


def test_files_of_the_same_name_are_asked_about_each(dialog) -> None:
    told = heard(dialog.file_added)
    one, other = Path("/a/model.gguf"), Path("/b/model.gguf")
    dialog.offer_files([one, other])
    dialog.offer_files([one])
    button(dialog, "Keep it where it is").click()
    button(dialog, "Keep it where it is").click()
    assert told == [(one, False), (other, False)]
    assert not dialog.ask.isVisible()


def test_what_is_no_model_is_refused_in_words(dialog) -> None:
    dialog.offer_files([Path("/a/report.pdf")])
    assert ".gguf" in dialog.banner.label.text()
    assert not dialog.ask.isVisible()


def test_a_file_can_be_chosen_in_a_dialog_of_the_system(dialog, monkeypatch) -> None:
    path = Path("/a/b.gguf")
    monkeypatch.setattr(models_dialog.file_questions, "models", lambda _parent: [path])
    dialog.installed.add.click()
    assert "b.gguf" in dialog.ask.label.text()


# Smaller, longer, adapted


def test_a_smaller_copy_is_explained_and_q4_k_m_proposed(qtbot, theme) -> None:
    made = QuantizeDialog(QWEN)
    qtbot.addWidget(made)
    told = heard(made.wanted)
    assert made.list.key == "Q4_K_M"
    assert line(made.list, "Q8_0").side == "about 3.3 GB"
    assert line(made.list, "Q8_0").pips > line(made.list, "Q4_K_M").pips
    assert all(one.below.endswith(".") for one in made.list.lines)
    made.make.click()
    assert told == [(1, "Q4_K_M")]


def test_a_model_that_cannot_be_made_smaller_does_not_offer_it(dialog) -> None:
    dialog.set_models([replace(QWEN, smaller=())])
    dialog.installed.choose(1)
    assert not dialog.installed.smaller.isEnabled()


def test_a_longer_context_is_off_until_it_is_wanted(qtbot, theme) -> None:
    made = ContextDialog(QWEN)
    qtbot.addWidget(made)
    told = heard(made.changed)
    assert not made.on.isChecked()
    assert not made.tokens.isEnabled()
    made.accept()
    assert told == []
    made.on.setChecked(True)
    made.tokens.setValue(6000)
    made.accept()
    assert told == [(1, Stretch.YARN, 6000)]


def test_a_longer_context_can_be_taken_back(qtbot, theme) -> None:
    made = ContextDialog(replace(QWEN, stretch=Stretch.LINEAR, stretched_tokens=8192))
    qtbot.addWidget(made)
    told = heard(made.changed)
    assert (made.stretch, made.tokens.value()) == (Stretch.LINEAR, 8192)
    made.accept()
    assert told == []
    made.on.setChecked(False)
    made.accept()
    assert told == [(1, Stretch.NONE, 4096)]


def test_adapters_are_added_weighed_and_removed(qtbot, theme) -> None:
    first, second = Path("/a/first.gguf"), Path("/a/second.gguf")
    made = AdaptersDialog(replace(QWEN, adapters=(Adapter(first, 0.5),)))
    qtbot.addWidget(made)
    told = heard(made.changed)
    made.accept()
    assert told == []
    made.add_paths([first, second])
    assert made.adapters == (Adapter(first, 0.5), Adapter(second, 1.0))
    made.rows[1].scale.field.setValue(0.7)
    made.rows[0].remove.click()
    made.accept()
    assert told == [(1, (Adapter(second, 0.7),))]


# Where to get one


def test_what_is_recommended_later_is_chosen_unless_the_person_chose(dialog) -> None:
    unknown = [replace(offer, recommended=False) for offer in OFFERS]
    page = dialog.offered
    dialog.set_offers(unknown)
    assert page.list.key != "m"
    dialog.set_offers(OFFERS)
    assert page.list.key == "m"
    others = [line.key for line in page.list.lines if not line.heading and line.key != "m"]
    page.list.choose(others[-1])
    dialog.set_offers(unknown)
    dialog.set_offers(OFFERS)
    assert page.list.key == others[-1]


def test_the_recommended_model_comes_first_and_is_chosen(dialog) -> None:
    dialog.set_offers(OFFERS)
    dialog.show_page(OFFERED)
    shown = dialog.offered.list
    assert [one.title for one in shown.lines if one.heading] == [
        "Recommended for this machine",
        "Small",
        "Large",
        "Embedders",
        "Rerankers",
        "Entailment models",
    ]
    assert shown.lines[1].key == shown.key == "m"
    assert line(shown, "m").badge == "Good at Spanish"
    assert dialog.offered.download.property("role") == "primary"


def test_the_size_is_reckoned_until_the_hub_was_asked(dialog) -> None:
    dialog.set_offers(OFFERS)
    assert line(dialog.offered.list, "s").below.startswith("about 500 MB")
    assert line(dialog.offered.list, "l").below.startswith("9.0 GB")
    assert line(dialog.offered.list, "l").side == "Won’t fit"
    assert "tokens" not in line(dialog.offered.list, "l").side_below


def test_only_what_is_neither_here_nor_coming_is_downloaded(dialog, qtbot) -> None:
    dialog.set_offers(OFFERS)
    dialog.show_page(OFFERED)
    told = heard(dialog.download_requested)
    dialog.offered.download.click()
    for key in ("e", "r"):
        dialog.offered.list.choose(key)
        assert not dialog.offered.download.isEnabled()
        qtbot.keyClick(dialog.offered.list, Qt.Key.Key_Return)
    assert told == [("m",)]


def test_nothing_is_asked_of_the_hub_by_looking(dialog, qtbot) -> None:
    wishes = (dialog.hub_searched, dialog.files_requested, dialog.fit_requested)
    told = [heard(wish) for wish in (*wishes, dialog.download_requested)]
    dialog.set_offers(OFFERS)
    for page in range(dialog.tabs.count()):
        dialog.show_page(page)
    for one in OFFERS:
        dialog.offered.list.choose(one.key)
    qtbot.keyClicks(dialog.offered.query, "qwen")
    dialog.set_found("qwen", FOUND)
    for one in FOUND:
        dialog.offered.hub.results.choose(one.repository)
    dialog.set_files(FILES)
    for file in FILES.files:
        dialog.offered.hub.files.choose(file.name)
    assert told == [[], [], [], []]


def test_a_search_leads_to_a_file_and_back(dialog, qtbot) -> None:
    hub, wished = dialog.offered.hub, heard(dialog.hub_searched)
    listed, got = heard(dialog.files_requested), heard(dialog.file_requested)
    looked = heard(dialog.fit_requested)
    dialog.show_page(OFFERED)
    dialog.offered.query.setText(" qwen 3b ")
    qtbot.keyClick(dialog.offered.query, Qt.Key.Key_Return)
    assert hub.bar.isVisible()
    dialog.set_found("qwen 3b", FOUND)
    assert not hub.bar.isVisible()
    assert line(hub.results, "a/one-GGUF").below == "1.2 M downloads · 10 likes · mit"
    assert line(hub.results, "b/two-GGUF").side == "terms to accept"
    hub.show_files.click()
    dialog.set_files(FILES)
    assert hub.files.key == "one-Q4_K_M.gguf"  # the recommended one
    hub.check.click()
    hub.download.click()
    assert (wished, listed) == ([("qwen 3b",)], [("a/one-GGUF",)])
    assert looked == got == [("a/one-GGUF", "one-Q4_K_M.gguf")]
    hub.back.click()
    assert hub.results.isVisible()
    hub.back.click()
    assert dialog.offered.list.isVisible()


def test_a_file_whose_header_was_read_tells_whether_it_fits(dialog) -> None:
    hub = dialog.offered.hub
    dialog.show_page(OFFERED)
    dialog.set_found("one", FOUND)
    dialog.set_files(FILES)
    hub.files.choose("one-Q8_0.gguf")
    hub.check.click()
    known = replace(FILES.files[0], fit=TOO_LARGE)
    dialog.set_files(replace(FILES, files=(known, FILES.files[1])))
    assert hub.files.key == "one-Q8_0.gguf"
    assert line(hub.files, "one-Q8_0.gguf").side == "Won’t fit · 3.0 GB"
    assert not hub.check.isVisible()


def test_news_of_files_bring_nobody_back_to_them(dialog) -> None:
    hub = dialog.offered.hub
    dialog.show_page(OFFERED)
    dialog.set_found("one", FOUND)
    dialog.set_files(FILES)
    hub.back.click()
    coming = replace(FILES.files[0], fraction=0.5)
    dialog.set_files(replace(FILES, files=(coming, FILES.files[1])))
    assert hub.results.isVisible()
    hub.show_files.click()
    dialog.set_files(FILES)
    assert hub.files.isVisible()


def test_news_of_other_files_end_no_reading(dialog) -> None:
    hub = dialog.offered.hub
    dialog.show_page(OFFERED)
    dialog.set_found("one", FOUND)
    dialog.set_files(FILES)
    hub.check.click()
    dialog.set_files(replace(FILES, files=(replace(FILES.files[0], fraction=0.5), FILES.files[1])))
    assert hub.file.bar.isVisible()
    assert not hub.check.isEnabled()
    hub.files.choose("one-Q8_0.gguf")
    assert hub.check.isEnabled()


def test_a_header_that_does_not_say_enough_is_read_once(dialog) -> None:
    hub = dialog.offered.hub
    dialog.show_page(OFFERED)
    dialog.set_found("one", FOUND)
    dialog.set_files(FILES)
    hub.check.click()
    known = replace(FILES.files[1], read=True)
    dialog.set_files(replace(FILES, files=(FILES.files[0], known)))
    assert not hub.file.bar.isVisible()
    assert not hub.check.isVisible()
    assert "not say enough" in hub.file.text.text()


def test_what_the_hub_refuses_is_said_and_what_was_found_stays(dialog, said) -> None:
    dialog.show_page(OFFERED)
    dialog.set_found("one", FOUND)
    dialog.offered.hub.show_files.click()
    dialog.show_hub_failed("There is no connection.")
    hub = dialog.offered.hub
    assert hub.status.text() == "There is no connection."
    assert "There is no connection." in said
    assert not hub.bar.isVisible()
    assert len(hub.results.lines) == 2
    assert hub.show_files.isEnabled()


def test_asking_the_hub_can_be_cancelled(dialog) -> None:
    told = heard(dialog.hub_cancelled)
    dialog.show_page(OFFERED)
    dialog.offered.query.setText("one")
    dialog.offered.seek.click()
    dialog.offered.hub.cancel.click()
    assert told == [()]
    assert not dialog.offered.hub.bar.isVisible()


def test_offline_is_said_and_nothing_can_be_asked_for(dialog, qtbot) -> None:
    settings, wished = heard(dialog.settings_requested), heard(dialog.download_requested)
    dialog.set_offers(OFFERS)
    dialog.set_found("one", FOUND)
    dialog.set_files(FILES)
    dialog.show_page(OFFERED)
    dialog.set_offline(True)
    hub = dialog.offered.hub
    for control in (dialog.offered.seek, dialog.offered.download, hub.check, hub.download):
        assert not control.isEnabled()
    qtbot.keyClick(dialog.offered.list, Qt.Key.Key_Return)
    dialog.offered.settings.click()
    assert (settings, wished) == ([()], [])
    dialog.set_offline(False)
    assert hub.download.isEnabled()
    assert dialog.offered.download.isEnabled()
    assert not dialog.offered.settings.isVisible()


# Downloads


def test_a_download_tells_how_far_it_is_and_how_long_it_takes(dialog) -> None:
    dialog.set_downloads([replace(RUNNING, done=800_000_000, size=2_100_000_000, per_second=1e7)])
    shown = line(dialog.downloads.list, 1)
    assert shown.fraction == pytest.approx(0.38, abs=0.01)
    assert "800 MB of 2.1 GB" in shown.below
    assert shown.side_below.startswith("10 MB/s · 2 minute")
    assert dialog.tabs.tabText(DOWNLOADS) == "Downloads (1)"


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (DownloadState.RUNNING, {"pause", "cancel"}),
        (DownloadState.WAITING, {"pause", "first", "cancel"}),
        (DownloadState.PAUSED, {"resume", "cancel"}),
        (DownloadState.FAILED, {"retry", "cancel"}),
        (DownloadState.FINISHED, {"forget"}),
    ],
)
def test_each_state_has_its_buttons(dialog, state, offered) -> None:
    names = ("pause", "resume", "retry", "first", "cancel", "forget")
    dialog.show_page(DOWNLOADS)
    dialog.set_downloads([replace(RUNNING, state=state)])
    shown = {name for name in names if getattr(dialog.downloads, name).isVisible()}
    assert shown == offered
    told = {name: heard(getattr(dialog, f"{name}_requested")) for name in names}
    for name in offered:
        getattr(dialog.downloads, name).click()
    assert {name for name, calls in told.items() if calls == [(1,)]} == offered


def test_a_failed_download_says_why(dialog, said) -> None:
    dialog.show_page(DOWNLOADS)
    dialog.set_downloads([RUNNING])
    dialog.set_downloads(
        [replace(RUNNING, state=DownloadState.FAILED, reason="The disk {is} full.")]
    )
    assert dialog.downloads.detail.warning.text() == "The disk {is} full."
    assert "The disk {is} full." in said
    assert line(dialog.downloads.list, 1).side == "Failed"


def test_the_keyboard_goes_from_pause_to_resume(dialog) -> None:
    dialog.show_page(DOWNLOADS)
    dialog.set_downloads([RUNNING])
    dialog.activateWindow()
    dialog.downloads.pause.setFocus()
    dialog.set_downloads([replace(RUNNING, state=DownloadState.PAUSED)])
    assert dialog.downloads.resume.hasFocus()


def test_an_empty_queue_leads_to_the_catalogue(dialog) -> None:
    dialog.show_page(DOWNLOADS)
    dialog.downloads.empty.button.click()
    assert dialog.tabs.currentIndex() == OFFERED
    assert dialog.tabs.tabText(DOWNLOADS) == "Downloads"


# Connections


def test_every_connection_is_listed_the_latest_first(dialog) -> None:
    dialog.show_page(CONNECTIONS)
    assert dialog.connections.empty.isVisible()
    early = ConnectionValue(NOW, "huggingface.co", "search", 12_000)
    late = ConnectionValue(NOW + timedelta(hours=1), "cdn.example", "odd words", 0, "Refused")
    dialog.set_connections([early, late])
    rows = dialog.connections.rows
    told = [[rows.index(row, column).data() for column in range(1, 5)] for row in range(2)]
    assert told == [
        ["cdn.example", "odd words", "0 bytes", "Refused"],
        ["huggingface.co", "Searching for models", "12 kB", "Done"],
    ]
    assert not dialog.connections.empty.isVisible()


def test_the_switch_tells_only_what_the_person_did(dialog) -> None:
    told = heard(dialog.offline_changed)
    dialog.set_offline(True)
    assert told == []
    dialog.connections.offline.click()
    assert told == [(False,)]


def test_the_log_of_connections_is_a_sound_model(dialog, qtmodeltester) -> None:
    dialog.set_connections([ConnectionValue(NOW, "huggingface.co", "fetch", 1)] * 3)
    qtmodeltester.check(dialog.connections.rows)


# Searching


EVERYBODYS = EmbedderValue("multilingual-e5-small", tuple("abcdefgh"), 7, ours=True)
ENGLISH = EmbedderValue("all-minilm-l6-v2", ("en",), 3, ours=True)
E5 = EmbedderValue("e5", ("es", "en"), 12)
KNOWN = EncodersValue(
    embedders=(EVERYBODYS, ENGLISH, E5),
    rerankers=("bge",),
    entailments=("xnli", "mine"),
    embedder=EVERYBODYS.name,
    pages=120,
)


def test_another_embedder_is_asked_for_when_pages_are_indexed_anew(dialog) -> None:
    told = heard(dialog.embedder_requested)
    dialog.set_encoders(KNOWN)
    page = dialog.searching
    assert "120" in page.cost.text()
    page.embedder.setCurrentIndex(2)
    page.embedder.activated.emit(2)
    assert told == []
    assert "12 minute" in dialog.ask.label.text()
    button(dialog, "Keep the present one").click()
    assert page.embedder.currentData() == EVERYBODYS.name
    page.embedder.setCurrentIndex(2)
    page.embedder.activated.emit(2)
    button(dialog, "Change the embedder").click()
    assert told == [("e5",)]


def test_the_faster_one_is_one_click_away_with_what_it_costs(dialog) -> None:
    told = heard(dialog.embedder_requested)
    dialog.show_page(SEARCHING)
    dialog.set_encoders(KNOWN)
    page = dialog.searching
    assert page.embedder.currentText() == "multilingual-e5-small · 8 language(s)"
    assert page.embedder.itemText(1) == "all-minilm-l6-v2 · faster, English only"
    assert page.embedder.itemText(2) == "e5 · es, en"
    assert "8 language" in page.told.text()
    assert page.change.text() == "Use the faster one, English only (about 3 minute(s))"
    page.change.click()
    assert told == [(ENGLISH.name,)]
    dialog.set_encoders(replace(KNOWN, embedder=ENGLISH.name, pages=0))
    assert page.change.text() == "Use the one for many languages"
    assert "in English" in page.told.text()
    dialog.set_encoders(replace(KNOWN, embedders=(ENGLISH,), embedder=ENGLISH.name))
    assert not page.change.isVisible()


def test_an_index_that_is_being_built_is_watched_and_given_up(dialog) -> None:
    told = heard(dialog.embedder_requested)
    page = dialog.searching
    dialog.show_page(SEARCHING)
    dialog.set_encoders(KNOWN)
    assert not page.pending.isVisible()
    now = RebuildingValue(ENGLISH.name, EVERYBODYS.name, 12, 40)
    dialog.set_encoders(replace(KNOWN, embedder=ENGLISH.name, rebuilding=now))
    assert "12 of 40" in page.pending.text()
    assert (page.progress.value(), page.progress.maximum()) == (12, 40)
    assert not page.change.isVisible()
    page.keep.click()
    assert told == [(EVERYBODYS.name,)]
    again = replace(now, before=ENGLISH.name)  # for passages of another length
    dialog.set_encoders(replace(KNOWN, embedder=ENGLISH.name, rebuilding=again))
    assert page.pending.isVisible()
    assert not page.keep.isVisible()


def test_the_embedder_for_many_languages_is_offered_where_it_is_not_there(dialog) -> None:
    told = heard(dialog.offered_requested)
    page = dialog.searching
    dialog.show_page(SEARCHING)
    dialog.set_encoders(KNOWN)
    assert not page.offer.isVisible()
    dialog.set_encoders(replace(KNOWN, embedders=(ENGLISH,), offered=471_000_000))
    assert "471" in page.offer.text()
    page.offer.click()
    assert told == [()]


def test_news_do_not_take_away_what_is_being_chosen(dialog) -> None:
    dialog.set_encoders(KNOWN)
    dialog.searching.embedder.setCurrentIndex(1)
    dialog.set_encoders(replace(KNOWN))
    assert dialog.searching.embedder.currentData() == ENGLISH.name


def test_a_reranker_is_chosen_at_once(dialog) -> None:
    told = heard(dialog.reranker_requested)
    dialog.set_encoders(replace(KNOWN, embedders=()))
    dialog.searching.reranker.setCurrentIndex(1)
    dialog.searching.reranker.activated.emit(1)
    assert told == [("bge",)]


def test_what_checks_answers_is_chosen_at_once_or_nothing_is(dialog) -> None:
    told = heard(dialog.entailment_requested)
    dialog.set_encoders(KNOWN)
    box = dialog.searching.entailment
    assert [box.itemText(at) for at in range(box.count())] == ["None", "xnli", "mine"]
    assert (box.currentText(), box.accessibleName()) == ("None", "Checking answers")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    dialog.set_encoders(replace(KNOWN, entailment="mine"))
    assert box.currentText() == "mine"
    box.activated.emit(2)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert told == [("mine",), ("",)]


def test_an_embedder_that_has_gone_is_still_shown_as_chosen(dialog) -> None:
    dialog.set_encoders(replace(KNOWN, embedder="gone"))
    assert dialog.searching.embedder.currentText() == "gone"


# All of it


def test_the_machine_is_told_and_what_runs_on_it(dialog) -> None:
    machine = Machine(16 * GIB, 11 * GIB, 120_000_000_000, 8)
    dialog.set_machine(MachineValue(machine))
    assert dialog.machine.text().startswith("16 GB of memory, 11 GB free · 8 core")
    assert "no graphics card used" in dialog.machine.text()
    gpu = replace(machine, gpus=(Gpu("RTX", 12 * GIB, 11 * GIB),))
    ready = ModelReady("q", 8192, 1.0, "NVIDIA RTX", 23, 28)
    dialog.set_machine(MachineValue(gpu, ready))
    assert "Running on: NVIDIA RTX, 23 of 28 layers on the GPU" in dialog.machine.text()
    assert "no graphics card" not in dialog.machine.text()


def test_nothing_is_cut_off_where_there_is_little_room(dialog, qtbot) -> None:
    dialog.set_models([replace(QWEN, name="A name without an end " * 9)])
    dialog.installed.choose(1)
    dialog.set_offers(OFFERS)
    dialog.set_downloads(
        [replace(RUNNING, state=DownloadState.FAILED, reason="Because of that. " * 9)]
    )
    dialog.resize(dialog.minimumSize())
    for page in range(dialog.tabs.count()):
        dialog.show_page(page)
        assert dialog.width() == dialog.minimumWidth()
        area = dialog.stack.currentWidget()
        assert area.widget().width() <= area.viewport().width()
        assert area.widget().height() >= area.widget().heightForWidth(area.viewport().width())


def test_words_of_others_are_never_taken_for_markup(dialog) -> None:
    dialog.set_models([replace(QWEN, name="<b>bold</b>", problem="<i>it</i> {name}")])
    dialog.installed.choose(1)
    assert dialog.installed.detail.warning.text() == "<i>it</i> {name}"
    tip = dialog.installed.list.item(1).toolTip()
    assert "<b>" not in tip


def test_return_is_told_once_and_presses_no_other_button(dialog, qtbot) -> None:
    dialog.set_models([QWEN, OTHER])
    dialog.installed.choose(2)
    undone, used = heard(dialog.undone), heard(dialog.use_requested)
    dialog.offer_undo("“Other” removed", 2)
    qtbot.keyClick(dialog.installed.list, Qt.Key.Key_Return)
    dialog.show_page(OFFERED)
    qtbot.keyClicks(dialog.offered.query, "qwen")
    qtbot.keyClick(dialog.offered.query, Qt.Key.Key_Return)
    assert (used, undone) == ([(2,)], [])
    dialog.offer_files([Path("/a/b.gguf")])
    assert [each.text() for each in dialog.findChildren(QPushButton) if each.autoDefault()] == []


def test_return_in_a_list_of_sizes_wishes_one_copy(qtbot, theme) -> None:
    made = QuantizeDialog(QWEN)
    qtbot.addWidget(made)
    made.show()
    told = heard(made.wanted)
    qtbot.keyClick(made.list, Qt.Key.Key_Return)
    assert told == [(1, "Q4_K_M")]
