"""What the person at the console reads of backups."""

from pathlib import Path

from bot.texts.console import Console

LISTED = 5


class BackupTexts(Console):
    """`yashu backup`, `yashu restore`, `yashu drill`."""

    def nothing_yet(self, file: Path) -> str:
        return self._in(
            f"还没有数据库（{file}），没什么可备份的。", f"There is no database yet ({file}): nothing to back up."
        )

    def made(self, folder: Path, rows: int, files: int) -> str:
        return self._in(
            f"备份好了：{folder}\n数据 {rows} 行，文件 {files} 个，都已加密。\n"
            "密钥（DATA_DIR 里的 keys 文件夹）不在备份里，请另外保管：没有它，备份打不开。",
            f"Backed up: {folder}\n{rows} rows and {files} files, all of it sealed.\n"
            "The keys (keys in DATA_DIR) are not in it. Keep them elsewhere: without them it cannot be opened.",
        )

    def busy(self) -> str:
        return self._in(
            "现在正有一份备份在做，没有再开一份。过几分钟再试。",
            "A backup is being made at this moment, so no other was begun. Try again in some minutes.",
        )

    def on_a_server(self) -> str:
        return self._in(
            "数据库在 PostgreSQL 上，这里只备份了文件。数据库请用 pg_dump 备份，见 docs/operations.zh-CN.md。",
            "The database is on PostgreSQL, so only the files were kept. Back it up by pg_dump: docs/operations.md.",
        )

    def no_backup(self, folder: Path) -> str:
        return self._in(f"{folder} 里没有备份。", f"There is no backup in {folder}.")

    def database_there(self, file: Path) -> str:
        return self._in(
            f"{file} 已经有数据库，没有动它。请先停下伢叔，把它移到别处，再恢复。",
            f"There is a database at {file}; it was left alone. Stop yashu, move it elsewhere, then restore.",
        )

    def restored(self, folder: Path, rows: int, files: int) -> str:
        return self._in(
            f"已从 {folder} 恢复：数据 {rows} 行，文件 {files} 个，数量和指纹都对得上。现在可以启动了。",
            f"Restored from {folder}: {rows} rows and {files} files; counts and fingerprints agree. Start yashu now.",
        )

    def damaged(self, file: str) -> str:
        return self._in(
            f"备份打不开：{file}。要么密钥不是当时那一把，要么文件坏了或不全。请换一份备份，或放回原来的密钥"
            "（换过密钥的，原来的在 keys 文件夹的 old-… 里）。",
            f"The backup cannot be opened: {file}. The keys are others, or the file is damaged or cut short."
            " Take another backup, or put the right keys back (after rotate-keys those of before are in keys/old-...).",
        )

    def unreadable(self, what: str) -> str:
        return self._in(f"数据库读不了（{what}）。", f"The database cannot be read ({what}).")

    def counts_differ(self, names: list[str]) -> str:
        listed = "; ".join(names[:LISTED])
        return self._in(
            f"恢复出来的数据库和备份时不一样：{listed}。请换一份备份。",
            f"The restored database is not what was backed up: {listed}. Take another backup.",
        )

    def counts_agree(self, tables: int, rows: int) -> str:
        return self._in(f"数量：{tables} 张表、{rows} 行，都一致。", f"Counts: {rows} rows in {tables} tables agree.")

    def history_agrees(self, lines: int) -> str:
        return self._in(
            f"办理记录：前 {lines} 条和现在的数据库一致。",
            f"History: lines up to {lines} are those of the database now.",
        )

    def history_differs(self) -> str:
        return self._in(
            "办理记录和现在的数据库不一致：记录只会增加，不会改变，请查明原因。",
            "The history is not that of the database now. It only ever grows: find out who changed it.",
        )

    def opening(self) -> str:
        return self._in("打开文件", "opening files")

    def copying(self) -> str:
        return self._in("取回文件", "copying files")

    def files_agree(self, files: int) -> str:
        return self._in(
            f"文件：{files} 个都打得开，指纹一致。", f"Files: all {files} open, and their fingerprints agree."
        )

    def file_differs(self, path: str) -> str:
        return self._in(f"文件打不开或变了：{path}。", f"A file cannot be opened or has changed: {path}.")

    def drilled(self, folder: Path) -> str:
        return self._in(f"演练通过：{folder} 可以用来恢复。", f"The drill passed: {folder} can be restored.")
