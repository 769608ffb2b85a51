"""What goes wrong while a verb runs: each kind gets a message, a mend and an exit code, none a traceback."""

from __future__ import annotations

import errno
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.exceptions import TyperException

from rongtong import i18n
from rongtong.cli import output, usage
from rongtong.errors import InputError
from rongtong.i18n import _

DONE, BAD_INPUT, OUR_MISTAKE, INTERRUPTED, NO_READER = 0, 2, 70, 130, 141


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code."""
    arguments = usage.lifted(arguments)
    prepare(arguments)
    try:
        refuse_names(arguments)
        code = call(arguments)
        sys.stdout.flush()
    except BaseException as error:
        code = answer(error, as_json="--json" in arguments)
    return code


def prepare(arguments: Sequence[str]) -> None:
    """Choose the language before anything is built, and let no character stop a print."""
    language = usage.language_in(arguments)
    if language:
        i18n.use(language)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 -- it stays open as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def refuse_names(arguments: Sequence[str]) -> None:
    """Raise InputError for a file's name that only Python would find: the engines read all names as UTF-8."""
    encoding = sys.getfilesystemencoding()
    named = [one for one in arguments if not one.isascii() and any(sign in one for sign in "./\\")]
    if named and encoding != "utf-8":
        what = _("系统的语言环境是 {encoding}，读不了带汉字的文件名", encoding=encoding)
        raise InputError(what, place=named[0], mend=_("请先执行 export LC_ALL=C.UTF-8 再运行，或把文件改成英文名"))


def call(arguments: Sequence[str]) -> int:
    """Hand the arguments to the verb; what it returns is the exit code, None meaning done."""
    from rongtong.cli.app import command  # noqa: PLC0415 -- loading the engines happens inside the guard

    verbs = command(arguments)
    try:
        with verbs.make_context("rongtong", list(arguments)) as context:  # not its main, which answers for itself
            result = verbs.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    return result if isinstance(result, int) else DONE


def answer(error: BaseException, *, as_json: bool) -> int:
    """Say what went wrong, and how to mend it; the exit code."""
    if isinstance(error, BrokenPipeError | SystemExit):  # Rich leaves by SystemExit when nobody reads any more
        output.deafen(sys.stdout)
        return NO_READER
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        output.say(_("已中断；已记入台账的条目仍然完整，未完成的部分没有写入。"))
        return INTERRUPTED
    if isinstance(error, TyperException) and not error.format_message().strip():
        return BAD_INPUT  # no verb was given, and the help has been shown
    known = explained(error)
    output.failure(known or apology(error), as_json=as_json)
    return BAD_INPUT if known else OUR_MISTAKE


def explained(error: BaseException) -> InputError | None:
    """The error as one the user can mend, or None when it is ours."""
    if isinstance(error, InputError):
        return error
    if isinstance(error, TyperException):
        return usage.explained(error)
    if isinstance(error, MemoryError) or "Out of Memory" in str(error):
        return InputError(_("内存不足"), mend=_("请关闭其他程序，或换一台内存更大的机器再试"))
    if isinstance(error, OSError) or any(words in str(error) for words in _SAID):
        return of_the_machine(error) or damaged(error)
    return damaged(error)


def damaged(error: BaseException) -> InputError | None:
    """A file of the alliance folder that is not what was written: the first one that the error names."""
    kept = re.search(r"[^\s'\"]+/(?:snapshots|claims|results|journal)/[^\s'\":]+", str(error))
    broken = type(error).__module__.startswith(("_duckdb", "duckdb", "pyarrow")) or isinstance(error, OSError)
    if not (broken and kept):
        return None
    return InputError(
        _("数据文件缺失或已损坏"),
        place=kept.group(),
        mend=_("快照和结果可以删去后重新生成；导入数据和台账请从备份恢复，再用 rongtong verify --deep 核对"),
    )


#: What DuckDB, Arrow and SQLite pass on of the operating system in words only.
_SAID = {
    "No space left": errno.ENOSPC,
    "database or disk is full": errno.ENOSPC,
    "File too large": errno.EFBIG,
    "Disk quota exceeded": errno.EDQUOT,
}


def of_the_machine(error: BaseException) -> InputError | None:
    """Disk full, no permission, no such file: what the operating system refused."""
    number = next((one for words, one in _SAID.items() if words in str(error)), getattr(error, "errno", None))
    what, mend = {
        errno.ENOSPC: (_("磁盘已满"), _("请腾出空间后重试；未完成的部分没有写入")),
        errno.EDQUOT: (_("磁盘配额已用完"), _("请腾出空间后重试；未完成的部分没有写入")),
        errno.EFBIG: (_("文件超过系统允许的大小"), _("请换一个磁盘，或请管理员放宽限制后重试；未完成的部分没有写入")),
        errno.EACCES: (_("没有权限"), _("请检查文件和文件夹的读写权限")),
        errno.EPERM: (_("没有权限"), _("请检查文件和文件夹的读写权限")),
        errno.EROFS: (_("所在磁盘只读"), _("请换一个可以写入的文件夹")),
        errno.ENOENT: (_("找不到文件或文件夹"), _("请检查路径")),
        errno.EISDIR: (_("这是文件夹，不是文件"), _("请给出文件")),
        errno.ENOTDIR: (_("路径中有一段不是文件夹"), _("请检查路径")),
        errno.EEXIST: (_("同名文件已存在"), _("请换一个名字")),
        errno.ENAMETOOLONG: (_("文件名太长"), _("请换一个短一些的名字")),
    }.get(number or 0, ("", ""))
    return InputError(what, place=str(getattr(error, "filename", None) or ""), mend=mend) if what else None


def apology(error: BaseException) -> InputError:
    """A mistake of ours: its traceback goes to a file, the user gets the file's name."""
    what = _("程序内部出错，这不是您的过错")
    try:
        with tempfile.NamedTemporaryFile("w", prefix="rongtong-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.writelines(traceback.format_exception(error))
    except OSError:
        return InputError(what, place=type(error).__name__, mend=_("请把操作步骤告诉维护人员"))
    return InputError(what, place=type(error).__name__, mend=_("请把日志 {log} 交给维护人员", log=log.name))
