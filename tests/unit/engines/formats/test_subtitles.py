"""What is said in subtitles."""

from desktop_rag.engines.formats import subtitles


def made(source: str) -> list[str]:
    pieces = subtitles.of_subtitles(source.encode())[1]
    return [line + "</p>" for piece in pieces for line in piece.html.split("</p>") if line]


def cue(begins: str, ends: str, words: str) -> str:
    return f"1\n{begins} --> {ends}\n{words}\n\n"


def test_cues_are_joined_below_the_time_of_the_first() -> None:
    source = cue("00:01:02,500", "00:01:04,000", "<i>The river</i>") + cue(
        "00:01:04,100", "00:01:06,000", "{\\an8}rises\nby night."
    )
    assert made(source) == ["<p>[00:01:02] The river rises by night.</p>"]


def test_a_pause_begins_a_paragraph_and_so_does_a_sentence_after_a_long_one() -> None:
    far = cue("00:00:01,000", "00:00:02,000", "One.") + cue("00:01:00,000", "00:01:01,000", "Two.")
    assert made(far) == ["<p>[00:00:01] One.</p>", "<p>[00:01:00] Two.</p>"]
    long = "".join(
        cue(
            f"00:00:{at:02},000",
            f"00:00:{at:02},900",
            f"Sentence {at} " + "goes on " * 10 + "here.",
        )
        for at in range(10)
    )
    said = made(long)
    assert len(said) > 1
    assert all(line.endswith("here.</p>") for line in said)


def test_webvtt_has_voices_notes_and_lines_that_roll() -> None:
    source = (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE nobody sees this\n\n"
        "00:01.000 --> 00:02.000 align:start\n<v Ann>Hello &amp; <00:01.500><c>welcome</c>\n\n"
        "01:00:00.000 --> 01:00:01.000\nrolling\n\n01:00:01.000 --> 01:00:02.000\nrolling\nup\n"
    )
    assert made(source) == [
        "<p>[00:00:01] Ann: Hello &amp; welcome</p>",
        "<p>[01:00:00] rolling up</p>",
    ]


def test_what_has_no_times_says_nothing() -> None:
    assert made("no cues\n\nat all") == []


def test_many_cues_are_no_trouble() -> None:
    said = made(cue("00:00:01,000", "00:00:02,000", "word after word") * 30_000)
    assert "word after word" in said[0]
