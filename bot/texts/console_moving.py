"""What the person at the console reads of `yashu move-database`."""

from bot.texts.console import Console


class MovingTexts(Console):
    """`yashu move-database`."""

    def no_source(self) -> str:
        return self._in(
            "--from 的数据库是空的，或者不是伢叔的。请核对地址。",
            "The database of --from is empty or none of yashu's. Check the address.",
        )

    def unreachable(self, what: str) -> str:
        return self._in(
            f"数据库打不开，或者中途断了（{what}）。两边都没有改动。请核对地址、口令和服务后重试。",
            f"A database cannot be opened, or went away ({what}). Neither was changed. Check address, password and"
            " server, then try again.",
        )

    def same(self) -> str:
        return self._in("--from 和 --to 是同一个数据库。", "--from and --to are the same database.")

    def old(self, step: str | None, head: str) -> str:
        return self._in(
            f"--from 的数据库在第 {step} 步，这个版本要第 {head} 步。请先用 yashu migrate 升级。",
            f"The database of --from stands at step {step}, this version wants {head}. Run yashu migrate on it first.",
        )

    def not_empty(self) -> str:
        return self._in(
            "--to 的数据库里已经有内容，没有改动它。请换一个空的数据库。",
            "The database of --to holds something already and was left alone. Give an empty one.",
        )

    def running(self) -> str:
        return self._in(
            "伢叔还在用这个数据库运行。请先停下来，不然会漏掉新来的内容。",
            "yashu is still running on it. Stop it first, or what arrives meanwhile would be left behind.",
        )

    def moving(self) -> str:
        return self._in("搬移", "moving")

    def checking(self) -> str:
        return self._in("核对", "checking")

    def differs(self, table: str) -> str:
        return self._in(
            f"核对不一致：{table}。--to 的数据库没有改动，请重试；仍不行请保留现场、报告问题。",
            f"{table} is not the same on both sides. Nothing was kept in --to. Try again, and report it if it stays.",
        )

    def done(self, rows: int, tables: int) -> str:
        return self._in(
            f"搬好了：{tables} 张表、{rows} 行，逐表核对数量和指纹都一致。\n"
            "接下来：在 .env 里把 DATABASE_URL 改成新地址，密钥和照片的文件夹不动，再启动。旧数据库请留着备查。",
            f"Moved: {rows} rows in {tables} tables; counts and fingerprints agree, table by table.\n"
            "Now set DATABASE_URL to the new address in .env, leave the folders of keys and media where they are, and"
            " start. Keep the old database for a while.",
        )
