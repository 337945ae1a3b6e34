"""Who may connect, and the log of who did.

offline          what every process but the downloading one keeps to
recorder         sees each connection of that one
connection_log   one line when a connection is made, one when it has ended
"""
