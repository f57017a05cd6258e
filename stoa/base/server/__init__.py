"""The front of the one process: limits, static files, page cache, compression, file bytes, live streams and health, before Django.

`front.Front` is the ASGI application; `run` serves it and keeps a worker beside it.
"""
