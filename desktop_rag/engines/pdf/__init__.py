"""PDFs, through PyMuPDF: text with its places, recognition, pictures of pages.

mupdf        PyMuPDF without its layout model
reading      text with a box for every word, labels, contents
layout       the layout model, for pages whose tables are poor without
legibility   text that broken fonts make unreadable
ocr          text of pictures, judged with word_list
drawing      pages as pixels
"""
