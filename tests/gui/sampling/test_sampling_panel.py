import math

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from desktop_rag.gui.sampling.distribution import TokenFilter, fates
from desktop_rag.gui.sampling.presets import (
    Preset,
    applied,
    matching,
    tidy_name,
    with_preset,
    without_preset,
)
from desktop_rag.gui.sampling.sampling_chart import listed, shown_token
from desktop_rag.gui.sampling.sampling_panel import SamplingPanel
from desktop_rag.gui.widgets.amount_slider import even_stops, growing_stops, nearest_stop
from desktop_rag.gui.widgets.seed_field import LARGEST_SEED
from desktop_rag.settings.schema import MOST_OWN_PRESETS, OwnPreset, Sampling

OPEN = Sampling(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0)
HALVES = [
    (word, math.log(share)) for word, share in zip("abcd", (0.5, 0.25, 0.15, 0.1), strict=True)
]


def left(sampling, candidates=HALVES) -> str:
    return "".join(fate.text for fate in fates(candidates, sampling) if fate.cut is None)


def shares(sampling) -> list[float]:
    return [fate.after for fate in fates(HALVES, sampling)]


@pytest.fixture(autouse=True)
def swept(qapp):
    """Delete the widgets of the test before: without a loop Qt would keep them all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def panel(qtbot, theme) -> SamplingPanel:
    made = SamplingPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def test_with_everything_off_nothing_changes() -> None:
    assert shares(OPEN) == pytest.approx([0.5, 0.25, 0.15, 0.1])
    assert left(OPEN) == "abcd"


@pytest.mark.parametrize(
    ("change", "remaining"),
    [
        ({"top_k": 1}, "a"),
        ({"top_k": 3}, "abc"),
        ({"top_k": 1000}, "abcd"),
        ({"top_p": 0.0}, "a"),
        ({"top_p": 0.49}, "a"),
        ({"top_p": 0.6}, "ab"),
        ({"top_p": 0.99}, "abcd"),
        ({"min_p": 0.4}, "ab"),
        ({"min_p": 1.0}, "a"),
        ({"temperature": 0.0}, "a"),
        ({"greedy": True}, "a"),
    ],
)
def test_each_cut_leaves_what_llama_cpp_leaves(change, remaining) -> None:
    assert left(OPEN.replaced(**change)) == remaining


def test_top_p_looks_at_what_top_k_left() -> None:
    # of a and b alone a has two thirds, which is enough; of all four it has half, which is not
    assert left(OPEN.replaced(top_p=0.6)) == "ab"
    assert left(OPEN.replaced(top_p=0.6, top_k=2)) == "a"


def test_the_cuts_do_not_see_the_temperature() -> None:
    hot = OPEN.replaced(top_p=0.6, min_p=0.3, temperature=2.0)
    assert left(hot) == left(hot.replaced(temperature=0.1)) == "ab"


def test_each_removed_word_names_its_cut() -> None:
    cuts = [fate.cut for fate in fates(HALVES, OPEN.replaced(top_k=3, top_p=0.8, min_p=0.6))]
    assert cuts == [None, TokenFilter.MIN_P, TokenFilter.TOP_P, TokenFilter.TOP_K]
    assert fates(HALVES, OPEN.replaced(greedy=True))[1].cut is TokenFilter.GREEDY


@pytest.mark.parametrize("temperature", [0.05, 0.5, 1.0, 2.0])
def test_the_shares_of_the_rest_make_a_whole(temperature) -> None:
    after = shares(OPEN.replaced(temperature=temperature, top_k=3))
    assert sum(after) == pytest.approx(1)
    assert after[:3] == sorted(after[:3], reverse=True)
    assert after[3] == 0


def test_heat_evens_out_and_cold_sharpens() -> None:
    cold, plain, hot = (shares(OPEN.replaced(temperature=t))[0] for t in (0.5, 1.0, 2.0))
    assert cold == pytest.approx(0.25 / (0.25 + 0.0625 + 0.0225 + 0.01))
    assert cold > plain > hot


def test_what_the_model_says_of_other_words_counts_for_top_p() -> None:
    assert left(OPEN.replaced(top_p=0.5), [("a", math.log(0.4)), ("b", math.log(0.2))]) == "ab"


@pytest.mark.parametrize("log", [-math.inf, math.nan, -1e300])
def test_impossible_candidates_are_left_out(log) -> None:
    assert fates([("x", log)], OPEN) == ()
    assert left(OPEN, [*HALVES, ("x", log)]) == "abcd"


def test_tokens_are_shown_without_tricks() -> None:
    assert shown_token(" deuda") == "deuda"
    assert shown_token("\n ") == "⏎␣"
    assert shown_token("a\u202eb") == "a·b"
    assert shown_token("<b>") == "<b>"


def test_the_chosen_word_is_listed_however_unlikely() -> None:
    many = [(str(n), -0.1 * (n + 20)) for n in range(30)]
    shown = [fate.text for fate in listed(fates(many, OPEN), "29")]
    assert shown == [*(str(n) for n in range(11)), "29"]
    assert len(listed(fates(many, OPEN), "no such word")) in {11, 12}


@pytest.mark.parametrize("preset", list(Preset))
def test_a_preset_is_recognised_and_keeps_length_and_seed(preset) -> None:
    old = Sampling(max_tokens=99, seed=7, greedy=True)
    new = applied(preset, old)
    assert matching(new) is preset
    assert (new.max_tokens, new.seed, new.greedy) == (99, 7, False)


def test_own_presets_are_replaced_by_name_and_have_an_end() -> None:
    one = with_preset((), "  Mis\ncuentos ", OPEN)
    assert one == (OwnPreset(name="Mis cuentos", sampling=OPEN),)
    assert with_preset(one, "MIS CUENTOS", Sampling())[0].sampling == Sampling()
    assert len(with_preset(one, "MIS CUENTOS", Sampling())) == 1
    assert with_preset(one, "  ", OPEN) == one
    full = tuple(OwnPreset(name=str(n), sampling=OPEN) for n in range(MOST_OWN_PRESETS))
    assert with_preset(full, "new", OPEN) == full
    assert with_preset(full, "3", Sampling()) != full
    assert without_preset(one, "Mis cuentos") == ()
    assert len(tidy_name("x" * 500)) == 60


@pytest.mark.parametrize("stops", [even_stops(0, 2, 0.05), growing_stops(0, 1000)])
def test_every_stop_of_a_slider_is_another_value(stops) -> None:
    assert list(stops) == sorted(set(stops))
    assert (stops[0], stops[-1]) in {(0, 2), (0, 1000)}
    assert [nearest_stop(stops, stop) for stop in stops] == list(range(len(stops)))


def test_showing_values_tells_nobody(panel, qtbot) -> None:
    with qtbot.assertNotEmitted(panel.sampling_changed):
        panel.set_sampling(Sampling(temperature=1.234, seed=5, greedy=True))
    assert panel.sampling == Sampling(temperature=1.234, seed=5, greedy=True)


@pytest.mark.parametrize("name", ["temperature", "top_k", "top_p", "min_p", "max_tokens"])
def test_every_step_of_a_slider_is_told(name, panel, qtbot) -> None:
    panel.more.setChecked(True)
    slider = panel.sliders[name].slider
    slider.setSliderDown(True)
    with qtbot.waitSignal(panel.sampling_changed) as told:
        slider.setValue(slider.value() + 1)
    assert told.args == [panel.sampling]
    assert getattr(panel.sampling, name) > getattr(Sampling(), name)


def test_a_typed_number_moves_the_slider(panel, qtbot) -> None:
    row = panel.sliders["top_k"]
    with qtbot.waitSignal(panel.sampling_changed):
        row.field.setValue(1000)
    assert row.slider.value() == row.slider.maximum()
    assert panel.sampling.top_k == 1000


def test_the_chart_follows_each_move(panel) -> None:
    before = panel.chart.summary
    panel.sliders["top_k"].field.setValue(3)
    assert panel.chart.summary != before
    assert panel.chart.summary.startswith("3 of 12 words remain.")
    assert "top-k 9" in panel.chart.summary


def test_without_candidates_the_chart_says_that_it_is_an_example(panel) -> None:
    assert "example" in panel._chart_title.text()
    panel.set_candidates([(" deuda", -0.2), (" plata", -2.0)], " plata")
    assert "plata" in panel._chart_title.text()
    assert "“deuda”" in panel.chart.summary
    panel.set_candidates(None, None)
    assert "example" in panel._chart_title.text()


def test_greedy_disables_what_has_no_effect_and_says_so(panel, qtbot) -> None:
    with qtbot.waitSignal(panel.sampling_changed):
        panel.greedy.setChecked(True)
    enabled = {name for name, row in panel.sliders.items() if row.isEnabled()}
    assert enabled == {"repeat_penalty", "max_tokens"}
    assert not panel.seed.isEnabled()
    assert panel.allow_chance.isVisible()
    panel.allow_chance.click()
    assert not panel.sampling.greedy
    assert all(row.isEnabled() for row in panel.sliders.values())
    assert not panel.greedy.isChecked()


def test_a_chip_applies_its_preset(panel, qtbot) -> None:
    with qtbot.waitSignal(panel.sampling_changed):
        panel.chips[Preset.CREATIVE].click()
    assert matching(panel.sampling) is Preset.CREATIVE
    assert panel.chips[Preset.CREATIVE].isChecked()
    assert not panel.chips[Preset.PRECISE].isChecked()
    panel.chips[Preset.CREATIVE].click()
    assert panel.chips[Preset.CREATIVE].isChecked()


def test_reset_goes_back_to_the_settings(panel) -> None:
    panel.set_default(Sampling(temperature=0.5))
    assert panel.reset.isVisible()
    panel.reset.click()
    assert panel.sampling == Sampling(temperature=0.5)
    assert not panel.reset.isVisible()


def test_a_preset_is_saved_chosen_deleted_and_brought_back(panel, qtbot) -> None:
    own, mine = panel.own, Sampling(temperature=1.5)
    panel.set_sampling(mine)
    own.save_as.click()
    assert not own.save.isEnabled()
    qtbot.keyClicks(own.name, "Cuentos")
    with qtbot.waitSignal(panel.own_presets_changed) as told:
        qtbot.keyClick(own.name, Qt.Key.Key_Return)
    assert told.args == [(OwnPreset(name="Cuentos", sampling=mine),)]
    panel.chips[Preset.PRECISE].click()
    with qtbot.waitSignal(panel.sampling_changed):
        own.choice.activated.emit(0)
    assert panel.sampling == mine
    own.delete.click()
    assert panel.own.presets == ()
    with qtbot.waitSignal(panel.own_presets_changed):
        own.undo.click()
    assert [preset.name for preset in panel.own.presets] == ["Cuentos"]


def test_escape_leaves_the_name_of_a_preset(panel, qtbot) -> None:
    panel.own.save_as.click()
    qtbot.keyClick(panel.own.name, Qt.Key.Key_Escape)
    assert not panel.own.naming.isVisible()
    assert panel.own.presets == ()


def test_only_a_seed_can_be_typed(panel, qtbot) -> None:
    panel.more.setChecked(True)
    qtbot.keyClicks(panel.seed, "x-1.2e3")
    assert panel.sampling.seed == 123
    panel.seed.clear()
    assert panel.sampling.seed is None
    qtbot.keyClicks(panel.seed, str(LARGEST_SEED) + "9")
    assert panel.sampling.seed == LARGEST_SEED


def test_every_control_has_a_name_and_every_slider_an_explanation(panel) -> None:
    panel.more.setChecked(True)
    for row in panel.sliders.values():
        for control in (row.slider, row.field):
            assert control.accessibleName()
            assert control.accessibleDescription()
    assert panel.seed.accessibleName()
    assert panel.chart.accessibleName()


def test_the_panel_fits_into_300_pixels(panel) -> None:
    panel.resize(300, 800)
    panel.more.setChecked(True)
    QApplication.sendPostedEvents()
    inside = panel._area.widget()
    assert inside.minimumSizeHint().width() <= 300


def test_showing_what_is_being_typed_does_not_disturb_it(panel, qtbot) -> None:
    panel.sampling_changed.connect(panel.set_sampling)  # as when a conversation keeps it
    field = panel.sliders["temperature"].field
    field.selectAll()
    qtbot.keyClicks(field, "1.25")
    assert field.text() == "1.25"
    panel.more.setChecked(True)
    qtbot.keyClicks(panel.seed, "12")
    panel.seed.setCursorPosition(0)
    qtbot.keyClicks(panel.seed, "34")
    assert panel.sampling == Sampling(temperature=1.25, seed=3412)
