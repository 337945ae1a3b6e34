"""From what was asked and answered to a paper that can be taken away: pure.

talk      what there is of a conversation, whoever kept it
blocks    the Markdown of an answer → headings, paragraphs, lists, tables
building  a talk → a paper
signs     what only the font of a document can show
"""
