import subprocess
import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk.passwords import Passwords

A, B = DocumentId("ab" * 32), DocumentId("cd" * 32)
SECRET = "contraseña 密"  # noqa: S105 - of nothing


class InMemory(KeyringBackend):
    """A keyring that is one, and forgets everything in the end."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Locked(InMemory):
    """A keyring that its owner does not open."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(SECRET)

    set_password = delete_password = get_password


class Plain(InMemory):
    """A keyring that is a file which anyone can read."""

    priority = 0.5


@pytest.fixture(autouse=True)
def ring() -> Iterator[InMemory]:
    before = keyring.get_keyring()
    ring = InMemory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_a_password_is_known_until_the_program_ends(ring) -> None:
    passwords = Passwords()
    assert passwords.of(A) == ""
    assert passwords.keep(A, SECRET, lasting=False)
    assert (passwords.of(A), passwords.of(B)) == (SECRET, "")
    assert not ring.kept
    assert Passwords().of(A) == ""


def test_a_lasting_one_is_known_the_next_time(ring) -> None:
    assert Passwords().keep(A, SECRET, lasting=True)
    assert Passwords().of(A) == SECRET
    assert Passwords().of(B) == ""


def test_the_keyring_is_asked_once_for_each_document(ring) -> None:
    passwords = Passwords()
    for _ in range(3):
        passwords.of(A)
    assert ring.asked == 1


def test_a_password_that_is_dropped_is_gone_everywhere(ring) -> None:
    passwords = Passwords()
    passwords.keep(A, SECRET, lasting=True)
    passwords.drop(A)
    passwords.drop(B)
    assert not ring.kept
    assert passwords.of(A) == ""
    assert passwords.keep(A, "another", lasting=False)
    assert passwords.of(A) == "another"


@pytest.mark.parametrize("refusing", [fail.Keyring, null.Keyring, Locked, Plain])
def test_without_a_keyring_that_keeps_secrets_nothing_lasts_and_nothing_breaks(refusing) -> None:
    ring = refusing()
    keyring.set_keyring(ring)
    passwords = Passwords()
    assert passwords.of(B) == ""
    assert not passwords.keep(A, SECRET, lasting=True)
    assert passwords.of(A) == SECRET
    passwords.drop(A)
    assert passwords.of(A) == ""
    assert not getattr(ring, "kept", None)


@pytest.mark.parametrize(
    ("made", "possible"),
    [(InMemory, True), (fail.Keyring, False), (null.Keyring, False), (Plain, False)],
)
def test_it_is_known_whether_anything_can_last(made, possible: bool) -> None:
    keyring.set_keyring(made())
    assert Passwords().lasting_possible() is possible


def test_passwords_are_never_shown(caplog) -> None:
    caplog.set_level(0)
    keyring.set_keyring(Locked())
    passwords = Passwords()
    passwords.of(B)
    passwords.keep(A, SECRET, lasting=True)
    passwords.drop(A)
    passwords.keep(A, SECRET, lasting=False)
    assert "the keyring refuses: KeyringLocked" in caplog.text
    assert SECRET not in caplog.text + repr(passwords) + str(passwords)


def test_starting_looks_for_no_keyring() -> None:
    code = (
        "import sys; from desktop_rag.library.disk.passwords import Passwords; Passwords()\n"
        "print('keyring' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stdout.strip() == "False"


@pytest.mark.skipif(sys.platform == "win32", reason="keyrings are asked without sockets there")
def test_a_keyring_can_be_asked_where_no_connections_are_made(tmp_path) -> None:
    code = (
        "import socket, sys; from desktop_rag.workers.network import offline; offline.keep()\n"
        "heard = socket.socket(socket.AF_UNIX); heard.bind(sys.argv[1]); heard.listen()\n"
        "asking = socket.socket(socket.AF_UNIX); asking.connect(sys.argv[1]); print('heard')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "bus")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.strip() == "heard"
