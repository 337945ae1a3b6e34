"""Which people, organisations, places, dates and amounts documents name: pure.

lexicon   words that tell them apart
runs      words written large, which may be names
kinds     what such a run names, as far as its sentence tells
joining   the forms of one name, and what it names over a whole document
measured  dates and amounts
entities  all of it, from passages to a list
    listing   with the pages that name them, and the words there
"""
