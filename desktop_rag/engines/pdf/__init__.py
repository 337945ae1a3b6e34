"""PDFs, through PyMuPDF: text with its places, recognition, pictures of pages.

    mupdf           PyMuPDF, imported without its layout model
    openable        paths whose names MuPDF takes
    reading         opens a PDF → title, contents, lines of words with their places
    ├─ metadata       what the file says of itself
    ├─ labels         the printed numbers of its pages
    ├─ lines          a page → its lines, placed on it; what is hidden at last
    │  ├─ drafts        pieces of the file → lines as people see them
    │  ├─ looks         which pieces need a closer look
    │  ├─ sheets        what MuPDF finds: pieces of lines, words, painted areas
    │  ├─ scattered     lines that are drawn in pieces, in any order
    │  ├─ glyphs        letter by letter; copies on each other
    │  ├─ visibility    what nobody sees
    │  ├─ marks         footnote marks, exponents, ordinals
    │  ├─ letterspacing   l e t t e r s  set apart
    │  ├─ directions    Hebrew and Arabic
    │  ├─ vertical      columns of Chinese and Japanese
    │  └─ scripts       which scripts have no spaces
    ├─ comments       what readers wrote on a page
    ├─ forms          what is filled into fields
    ├─ layers         what is on layers that are switched off
    ├─ xfa            forms that only Adobe's programs show
    └─ markup         XML and text that is not to be trusted
    legibility      tells text from what broken fonts give instead of it
    ruled         tables between ruling lines, cell by cell
    layout          the layout model, for pages whose tables are held column by column
    ocr             recognizes pages with Tesseract
    word_list       the words that Tesseract knows, which tell how well a page was read
    drawing         pages → pixels, sizes, printed numbers

`reading.opened` is where reading starts. Places of words are fractions of the page as it is
displayed, 0 to 1 from its upper left corner; sizes of pages and letters are points.
"""
