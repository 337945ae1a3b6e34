"""What a GGUF file says of the model in it, without loading it.

header            bytes ─► keys and tensors, in bounded time
model_facts       ─► what model it is
chat_template     ─► how it wants conversations written
template_process  what has them written; template_program is what runs in it
"""
