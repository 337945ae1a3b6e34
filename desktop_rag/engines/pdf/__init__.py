"""PDFs, through PyMuPDF: text with its places, recognition, pictures of pages.

    mupdf         PyMuPDF, imported without its layout model
    openable      paths whose names MuPDF takes
    reading       opens a PDF → title, contents, lines of words with their places
    legibility    tells text from what broken fonts give instead of it
    layout        the layout model, for pages whose tables are held column by column
    ocr           recognizes pages with Tesseract
    word_list     the words that Tesseract knows, which tell how well a page was read
    drawing       pages → pixels, sizes, printed numbers

`reading.opened` is where reading starts. Places of words are fractions of the page as it is
displayed, 0 to 1 from its upper left corner; sizes of pages and letters are points.
"""
