"""From files to a searchable library: what is done next, by which process.

    scheduler ─► backlog ─► order, tally     what is wanted, and what came of it
              ─► maintenance                 what is due when nobody wants anything
              ─► power_policy                how hard the machine is made to work
              ─► coordinator                 one run, in the processes that there are
                   ─► reading ─► known_files
                   ─► recognizing
                   ─► embedding
                        ─► state ─► queue, events

    embedding_meter                          how fast each embedder is here

A front end makes the scheduler, passes it replies and the time, and is told what happens.
"""
