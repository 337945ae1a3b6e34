"""Embedders, rerankers and entailment models.

encoders ─┬─► bert ─► blocks          what comes along: BERT, with weights of 4 bits
          ├─► sentence_model          what was installed, through sentence-transformers
          ├─► precision, quantized    in which numbers they compute; cut to them
          └─► calibrating             how near what answers is, and what does not
entailment ─► encoders                whether one text says another, or the opposite
taking ─► folders                     copies the folder of one, and tries it; what it says, safely
"""
