"""The conversation: asking, answers as they are written, their sources.

chat_presenter ─► answer_presenter ─► turn_driver        a question on its way to an answer
               ─► scope_presenter                        what it is put to
conversations_presenter                                  the list of conversations
translation_presenter ─► translation_tip                what is in another language
prewarm, model_preloader                                 done before it is needed
turns, finished_turn, turn_records, values               what is shown and stored of a turn
token_records, digest_records                            of the words of its answer, of its names
numbering, arrangement                                   its numbers, and what stands where
transcript                                               what is copied of one
papers_presenter                                         answers and conversations as files
scope, samples                                           what can be asked
chat_view ─► answer_view ─► answer_text, markdown        the conversation as it is shown
                         ├► quote_blocks, source_cards   what it rests on
                         ├► found_places                 everything that is said of something
                         ├► sentence_marks, sentence_signs, check_summary   how far it does
                         └► searched_line, route_line, section_pace, reasoning_view, question_edit,
                         │  answer_actions
why_dialog ─► word_choices                               why an answer is what it is
digest_presenter ─► names_dialog                         what documents name, cards to take away
composer, context_meter, empty_chat                      where questions are written
"""
