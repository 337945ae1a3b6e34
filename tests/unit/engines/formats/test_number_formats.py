"""Numbers and dates, as cells show them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.engines.formats.number_formats import number_shown, text_shown

MORNING = dt.datetime(2024, 1, 5, 9, 7, 3)
EVENING = dt.datetime(2024, 12, 31, 21, 30, 0)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (3, "General", "3"),
        (3.0, "General", "3"),
        (-0.5, "General", "-0.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1E+20"),
        (123456789012345, "General", "123456789012345"),
        (42, "00000", "00042"),
        (0, "0", "0"),
        (0, "#", ""),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (999.995, "0.00", "1000.00"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (-0.001, "0.00", "0.00"),
        (0.5, "#.##", ".5"),
        (5, "0.##", "5."),
        (1.5, "0.??", "1.5 "),
        (12345678, "0.0,,", "12.3"),
        (12345, "#,##0,", "12"),
        (0.256, "0.0%", "25.6%"),
        (0.07, "0%", "7%"),
        (19.5, '#,##0.00 "€"', "19.50 €"),
        (19.5, "[$€-407] #,##0.00", "€ 19.50"),
        (-19.5, '"$"#,##0.00_);[Red]("$"#,##0.00)', "($19.50)"),
        (19.5, '"$"#,##0.00_);("$"#,##0.00)', "$19.50 "),
        (0, '0;-0;"none"', "none"),
        (-3, '0;"minus "0', "minus 3"),
        (150, '[>=100]"many";[<0]"debt";0', "many"),
        (7, '[>=100]"many";[<0]"debt";0', "7"),
        (-7, '[>=100]"many";[<0]"debt";0', "debt"),
        (5551234, "000-0000", "555-1234"),
        (15551234, "000-0000", "1555-1234"),
        (123456, '0000" kg"', "123456 kg"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E-0", "1.2E-4"),
        (12345, "##0.0E+0", "12.3E+3"),
        (5.25, "# ?/?", "5 1/4"),
        (0.333, "# ??/??", "1/3"),
        (2.5, "?/?", "5/2"),
        (5.3, "# ?/8", "5 2/8"),
        (7, "# ?/?", "7"),
        (9, ";;;", ""),
        (9, "@", "9"),
        (6, "\\N0", "N6"),
        (6, "0*-", "6"),
        (1.5, "unfinished \"0", "unfini" "0hed "),
    ],
)  # fmt: skip
def test_numbers_are_shown_by_their_formats(value: float, code: str, shown: str) -> None:
    if code.startswith("unfinished"):
        assert number_shown(value, code)  # of nonsense, anything
    else:
        assert number_shown(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (MORNING, "yyyy-mm-dd", "2024-01-05"),
        (MORNING, "dd/mm/yyyy", "05/01/2024"),
        (MORNING, "d-mmm-yy", "5-Jan-24"),
        (MORNING, "dddd, mmmm d, yyyy", "Friday, January 5, 2024"),
        (MORNING, '[$-C0A]d" de "mmmm" de "yyyy', "5 de enero de 2024"),
        (MORNING, "[$-407]ddd d. mmm", "Fr 5. Jan"),
        (MORNING, "[$-fr-FR]mmmm", "janvier"),
        (MORNING, "mmmmm", "J"),
        (MORNING, "h:mm", "9:07"),
        (MORNING, "hh:mm:ss", "09:07:03"),
        (MORNING, "mm:ss", "07:03"),
        (MORNING, "m/d/yy h:mm AM/PM", "1/5/24 9:07 AM"),
        (EVENING, "h:mm AM/PM", "9:30 PM"),
        (EVENING, "[$-409]h:mm A/P;@", "9:30 P"),
        (EVENING, "yyyymmdd\\Thhmm", "20241231T2130"),
        (dt.date(2024, 2, 29), "dd.mm.yyyy", "29.02.2024"),
        (dt.time(7, 5), "hh:mm", "07:05"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (dt.timedelta(minutes=90, seconds=2), "[mm]:ss", "90:02"),
        (45296.5, "yyyy-mm-dd hh:mm", "2024-01-05 12:00"),
        (0.5, "hh:mm", "12:00"),
        (dt.datetime(2024, 1, 5, 9, 7, 3, 250_000), "ss.00", "03.25"),
        (MORNING, "General", "45296.3799"),
        (1e12, "yyyy", "1000000000000"),
        (-1.0, "yyyy", "1899"),
    ],
)
def test_dates_are_shown_by_their_formats(value: float, code: str, shown: str) -> None:
    assert number_shown(value, code) == shown


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("a", "General", "a"),
        ("a", "0.00", "a"),
        ("a", "@", "a"),
        ("a", '"Dr. "@', "Dr. a"),
        ("a", '0;-0;0;"<"@">"', "<a>"),
        ("a", ";;;", ""),
    ],
)
def test_texts_are_shown_by_their_formats(text: str, code: str, shown: str) -> None:
    assert text_shown(text, code) == shown


CODES = st.text('0#?.,%/@;"\\_*[]$-ymdhsEeAMPGeneral+<>=1 €', max_size=40)


@given(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers()), CODES)
def test_no_format_is_too_odd(value: float, code: str) -> None:
    assert len(number_shown(value, code)) < 2_000


@given(st.integers(0, 10**14), st.integers(0, 6))
def test_no_digit_is_lost(number: int, decimals: int) -> None:
    code = "#,##0" + "." * bool(decimals) + "0" * decimals
    assert number_shown(number, code) == f"{number:,.{decimals}f}"
