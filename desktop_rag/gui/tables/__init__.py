"""Tables: the same questions to many documents, filled while one looks at them.

tables_presenter ─► cells_presenter                  the table that is shown, and its cells
                 ─► filling_presenter ─► table_filler    which one is filled, and how far it is
                 ─► questions_dialog                 what is to be asked
table_export                                         into a file
table_page ─► answer_grid ─► answer_model            the table as it is shown
           ├► progress_line                          how far it is
           └► cell_detail                            one cell, and what it rests on
cell_values                                          cells in the words of people
values                                               what the page is shown
"""
