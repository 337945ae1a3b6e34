"""The window itself: what it is composed of, its actions, its own dialogs.

composition ─► main_window, background_services    builds everything, and connects it
actions, shortcuts_dialog                          what can be done, by menu and by key
single_instance ─► peers                           one window for each data folder
crash_reports ─► problem_dialog                    what nobody expected
database_offer                                     a way out where the database is damaged
toolkit_messages                                   what Qt complains of
embedder_offer                                     tells once of the one for many languages
about_dialog
"""
