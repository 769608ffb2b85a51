from __future__ import annotations

import errno
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rongtong.cli import fields, guard
from rongtong.errors import InputError


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(fields, "as_dict", fail)


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from rongtong.cli import main; main()", *arguments]
    return subprocess.run(command, text=True, check=False, stderr=subprocess.PIPE, **options)


def test_bad_input_names_the_place_and_the_mend(rongtong, monkeypatch):
    fail_with(monkeypatch, InputError("不是数字", place="a.xlsx Sheet1!B3", mend="改成数字"))
    answer = rongtong("fields", "--json")
    assert answer.code == 2
    assert answer.json == {"error": "不是数字", "place": "a.xlsx Sheet1!B3", "mend": "改成数字"}
    assert answer.err.split() == ["错误：a.xlsx", "Sheet1!B3：不是数字", "办法：改成数字"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (PermissionError(errno.EACCES, "denied", "/root/x"), "/root/x：没有权限"),
        (FileNotFoundError(errno.ENOENT, "none", "x.xlsx"), "x.xlsx：找不到文件或文件夹"),
        (RuntimeError("IO Error: Could not write file: No space left on device"), "磁盘已满"),
        (RuntimeError('IO Error: "/h/snapshots/.a/firms.parquet": File too large'), "文件超过系统允许的大小"),
        (RuntimeError("database or disk is full"), "磁盘已满"),
        (MemoryError(), "内存不足"),
    ],
)
def test_what_the_machine_refuses_is_said_in_words(rongtong, monkeypatch, error, said):
    fail_with(monkeypatch, error)
    answer = rongtong("fields", "--json")
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"错误：{said}")


def test_a_mistake_of_ours_is_an_apology_with_a_log(rongtong, monkeypatch):
    fail_with(monkeypatch, ZeroDivisionError("secret 喆"))
    answer = rongtong("fields", "--json")
    assert answer.code == 70
    assert "Traceback" not in answer.err
    log = Path(re.search(r"\S+\.log", answer.json["mend"])[0])
    assert "ZeroDivisionError: secret 喆" in log.read_text(encoding="utf-8")
    log.unlink()


def test_an_interrupt_is_said_and_130(rongtong, monkeypatch):
    fail_with(monkeypatch, KeyboardInterrupt())
    answer = rongtong("fields", "--json")
    assert (answer.code, answer.out) == (guard.INTERRUPTED, "")
    assert "已中断" in answer.err


@pytest.mark.parametrize("arguments", [["fields", "--json"], ["fields"], ["fields", "--help"]])
def test_a_reader_who_leaves_is_not_an_error(arguments):
    read, write = os.pipe()
    os.close(read)
    answer = process(*arguments, stdout=write)
    os.close(write)
    assert (answer.returncode, answer.stderr) == (guard.NO_READER, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(("verb", "said"), [("fields", "错误：磁盘已满"), ("nope", "错误：没有命令 nope")])
def test_a_full_disk_under_the_output_is_no_traceback(verb, said):
    with open("/dev/full", "w") as full:  # noqa: PTH123 -- the device itself is meant
        answer = process(verb, "--json", stdout=full)
    assert (answer.returncode, answer.stderr.splitlines()[0], "Exception" in answer.stderr) == (2, said, False)


def test_a_terminal_that_cannot_show_a_character_is_no_error():
    answer = process("fields", stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (answer.returncode, answer.stderr) == (0, "")


def test_ctrl_c_in_the_middle_of_work_leaves_no_traceback():
    work = "print('working', flush=True); time.sleep(60)"
    # A shell in the background ignores the signal, and what it starts inherits that.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    start = f"fields.as_dict = lambda _: exec({work!r}); main()"
    code = f"{heard}; import time; from rongtong.cli import fields, main; {start}"
    command = [sys.executable, "-c", code, "fields", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "working\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (guard.INTERRUPTED, "")
    assert err.startswith("已中断")


def test_a_folder_one_may_not_write_to_is_said(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    answer = process("sample", str(tmp_path / "s"), stdout=subprocess.PIPE)
    assert (answer.returncode, "没有权限" in answer.stderr) == (2, True)


def no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))


def test_no_room_for_what_is_read_is_not_the_files_fault(members, tmp_path):
    done = process("import", str(members), "--home", str(tmp_path / "home"), "--lang", "zh", preexec_fn=no_room)
    assert (done.returncode, "：磁盘已满\n办法：请腾出空间后重试；未完成的部分没有写入" in done.stderr) == (2, True)
    assert [path for path in (tmp_path / "home").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("encoding", "heading"), [("ascii", "\\u4f01\\u4e1a"), ("gb18030", "企业"), ("utf-8", "企业")])
def test_any_encoding_of_the_terminal_gets_an_answer(encoding, heading, members, tmp_path):
    where = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "RONGTONG_HOME": str(tmp_path / "home")}
    environment = {**os.environ, **where, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-c", "from rongtong.cli import main; main()", "facts", str(members)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    assert (done.returncode, done.stdout.decode(encoding).split()[0]) == (0, heading)


def test_a_name_that_the_engines_would_not_find_is_refused(rongtong, monkeypatch):
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "gb18030")
    answer = rongtong("assess", "企业.xlsx", "--json")
    assert (answer.code, answer.json["place"]) == (2, "企业.xlsx")
    assert answer.json["error"] == "系统的语言环境是 gb18030，读不了带汉字的文件名"


def test_a_firms_name_is_no_files(rongtong, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "gb18030")
    assert rongtong("explain", "青岛喆昇", "--home", tmp_path, "--json").json["place"] == str(tmp_path)
