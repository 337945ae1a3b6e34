"""How far the passages bear out each sentence of an answer: pure.

    spans          the sentences of an answer as it is shown
    wording        what stands letter for letter in a passage, and what only seems to
    tokens         the words of a text, one by one, as they are compared
    measures       what numbers count, and by which factor
    figures        numbers with unit and scale, in figures and in words
    dates          days, months, years and fiscal years
    names          names of people, places and things, and codes
    opposites      words that say the opposite of others
    polarity       what is affirmed and what is denied
    arithmetic     numbers that follow from two others
    reading        all that a text claims
    alignment      which sentences of the passages say the same
    swaps          what stands where another thing stands in the passage
    facts          each fact of a sentence, held against the passages
    verdicts       one sentence: verdict, reason and citations
    checking       a whole answer

`checking.checked` is where reading starts.
"""
