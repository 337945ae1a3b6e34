"""The conversation: asking, answers as they are written, their sources.

chat_presenter ─► turn_driver ─► turns, finished_turn    a question on its way to an answer
conversations_presenter                                  the list of conversations
prewarm, model_preloader                                 done before it is needed
turn_records, values, scope, samples                     what is shown and stored of a turn
chat_view ─► answer_view ─► answer_text, markdown        the transcript
                         └► source_cards, reasoning_view, question_edit, prompt_dialog
composer, context_meter, empty_chat                      where questions are written
"""
