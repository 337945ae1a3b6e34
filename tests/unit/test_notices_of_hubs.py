"""What is said where nothing comes from a hub."""

import pytest

from desktop_rag.domain.errors import HubUnreachable
from desktop_rag.domain.models import HubFault
from desktop_rag.notices import sentence


def english(_context: str, text: str) -> str:
    return text


@pytest.mark.parametrize("fault", HubFault)
def test_each_fault_has_words_of_its_own(fault) -> None:
    told = sentence(HubUnreachable("ana/Mini", fault), english)
    assert "“ana/Mini”" in told
    assert "{" not in told
    others = {sentence(HubUnreachable("ana/Mini", other), english) for other in HubFault}
    assert len(others) == len(HubFault)


def test_a_fault_of_an_older_version_is_said_in_none_of_its_words() -> None:
    told = sentence(HubUnreachable("ana/Mini", "at https://cdn/x?token=secret {0}"), english)
    assert "secret" not in told
    assert told.startswith("There is no connection to get “ana/Mini” (the connection broke off).")
