"""What this machine has, and what llama.cpp makes of it.

hardware           memory, processors, disks
kernel_benchmark   how fast llama.cpp multiplies here
devices            what a model can run on
llama_log          who hears what llama.cpp says
"""
