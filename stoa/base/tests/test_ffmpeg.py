"""How ffmpeg is called: what it may not do, and what becomes of one that takes too long."""

import time
from pathlib import Path

import pytest

from stoa.base import ffmpeg


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """A program in ffmpeg's place."""
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "program", lambda: str(program))


def test_it_is_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(monkeypatch, tmp_path, 'sleep 0.3; ulimit -v; echo "$@"')
    memory, said = ffmpeg.output(ffmpeg.reading("in", "video/mp4"), seconds=5).decode().splitlines()
    assert memory == str(ffmpeg.MOST_MEMORY // 1024)
    assert "-protocol_whitelist file,pipe -threads 2 -max_pixels 35389440 -f mov -i in" in said


def test_a_file_is_read_as_what_we_found_it_to_be() -> None:
    assert ffmpeg.reading("in", "video/quicktime") == ("-f", "mov", "-i", "in")
    assert ffmpeg.reading("in", "video/webm") == ("-f", "matroska", "-i", "in")


def test_what_takes_too_long_or_fails_gives_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    began = time.monotonic()
    stand_in(monkeypatch, tmp_path, "exec sleep 30")
    assert ffmpeg.output((), seconds=0.2) == b""
    assert not ffmpeg.writes((), seconds=0.2)
    stand_in(monkeypatch, tmp_path, "echo half; exit 3")
    assert ffmpeg.output((), seconds=5) == b""
    monkeypatch.setattr(ffmpeg, "program", lambda: "")
    assert not ffmpeg.writes((), seconds=5)
    assert time.monotonic() - began < 10
