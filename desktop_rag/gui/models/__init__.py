"""The models dialog: what is installed, offered, searched for, downloaded.

models_presenter ─► installed_presenter, hub_presenter ◄─ embedder_presenter
                 └► exam_presenter
models_dialog ─► installed_page ─► adapters_dialog, context_dialog, quantize_dialog
              ├► catalogue_page, hub_page, downloads_page
              └► retrieval_page, connections_page
model_button                         the menu above the chat
presentation ─► values, words        models as they are shown
file_questions                       which file of a model
"""
