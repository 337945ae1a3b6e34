"""`python -m desktop_rag`, `desktop-rag`, and the frozen program."""

import multiprocessing


def main() -> None:
    """Start the program; a spawned child never gets past the first line."""
    multiprocessing.freeze_support()
    from desktop_rag import cli

    cli.run()


if __name__ == "__main__":
    main()
