"""Which files a person wants left out of a folder, in the words of a .gitignore."""

from __future__ import annotations

from collections.abc import Callable, Sequence

LeftOut = Callable[[str, bool], bool]  #: (path below the folder, whether it is a folder)


def matching(patterns: Sequence[str]) -> LeftOut:
    """Return what says of a path below a folder whether the patterns leave it out."""
    if not patterns:
        return lambda _path, _folder: False
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore import GitIgnorePatternError
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    known: list[GitIgnoreSpecPattern] = []
    for pattern in patterns:
        try:
            known += GitIgnoreSpec.from_lines([pattern]).patterns
        except GitIgnorePatternError:
            continue  # git, too, passes over what it does not understand
    spec = GitIgnoreSpec(known)
    return lambda path, folder: spec.match_file(f"{path}/" if folder else path)
