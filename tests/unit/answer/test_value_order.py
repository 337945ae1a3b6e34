from desktop_rag.answer.value_order import order_of


def test_values_are_sorted_by_what_they_mean() -> None:
    shuffled = [
        *("zeta", "1.800 euros", "3 de marzo de 2021", "Álamo", "€ 900.00", "1 March 2020"),
        *("31/12/2025", "2 million", "2019-05-01", "-5", "1871"),
    ]
    assert sorted(shuffled, key=order_of) == [
        *("1871", "2019-05-01", "1 March 2020", "3 de marzo de 2021", "31/12/2025"),
        *("-5", "€ 900.00", "1.800 euros", "2 million", "Álamo", "zeta"),
    ]
