"""The window itself: what it is composed of, its actions, its own dialogs."""
