"""Language models, through llama.cpp.

loading ─► llama ─► reasoning_filter    into memory; text out; thoughts told from answers
vocabulary     text ─► tokens
repetition     where an answer begins anew
kv_cache       what has been read already
sampling       how the next token is drawn
written_tokens what else each token of an answer could have been
quantizer      a smaller model of one
"""
