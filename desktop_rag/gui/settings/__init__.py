"""The settings dialog, and languages for recognition.

settings_dialog ─► setting_fields, setting_words    a control and words for each setting
languages_presenter ─► language_download            data of one more language
language_list, language_names
"""
