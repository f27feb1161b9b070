"""What the person at the console reads of `yashu rotate-keys`."""

from pathlib import Path

from bot.texts.console import Console

MEGABYTE = 1_000_000
LISTED = 5


class KeyTexts(Console):
    """`yashu rotate-keys`."""

    def no_database(self) -> str:
        return self._in(
            "这里还没有数据库，没什么可换的。要做新密钥，运行 yashu init。",
            "There is no database here: nothing is to be sealed anew. `yashu init` makes keys.",
        )

    def old(self, step: str | None, head: str) -> str:
        return self._in(
            f"数据库在第 {step} 步，这个版本要第 {head} 步。请先用 yashu migrate 升级，或者换成新版程序。",
            f"The database stands at step {step}, this version wants {head}. Run yashu migrate, or update the program.",
        )

    def running(self) -> str:
        return self._in(
            "伢叔还在运行。换密钥要先把它停下来，几台机器上的都要停。",
            "yashu is still running. Stop it first, on every machine.",
        )

    def unreachable(self, what: str) -> str:
        return self._in(
            f"数据库打不开、正被别的程序占用，或者中途断了（{what}）。请查明后再运行一次。",
            f"The database cannot be opened, is in use by another program, or went away ({what}). Run it again then.",
        )

    def not_opened(self, column: str) -> str:
        return self._in(
            f"{column} 里有内容用现在的密钥打不开，所以什么都没有改。请先放回这个数据库原来的密钥。",
            f"Something in {column} does not open with the keys that are here, so nothing was changed. Put the keys of"
            " this database back first.",
        )

    def differs(self, where: str) -> str:
        return self._in(
            f"核对不一致（{where}），所以什么都没有改。请再试一次；仍不行请保留现场、报告问题。",
            f"What was sealed anew is not what was there ({where}), so nothing was changed. Try again, and report it if"
            " it stays.",
        )

    def cut_short(self, why: str) -> str:
        return self._in(
            f"换到一半停了：{why}。请排除后再运行一次 yashu rotate-keys --apply，它会接着做完。",
            f"It was cut short: {why}. Mend that and run yashu rotate-keys --apply again; it goes on where it was.",
        )

    def trying(self) -> str:
        return self._in("试换", "trying")

    def sealing(self) -> str:
        return self._in("数据库", "database")

    def filing(self) -> str:
        return self._in("文件", "files")

    def half_way(self) -> str:
        return self._in("上次换密钥没有做完，接着做。", "The last change of keys was cut short; it is ended now.")

    def plan(self, people: int, values: int, files: int, size: int, backups: int) -> str:
        return self._in(
            f"试过了，行得通，什么都没有改。会换：{people} 个人的编号、{values} 处加密的内容、{files} 个文件"
            f"（{size / MEGABYTE:.0f} MB，逐个重写）；{backups} 份旧备份会连同文件移到一边。\n"
            "要换就先做一份备份，再运行 yashu rotate-keys --apply。",
            f"Tried, it works, and nothing was changed. To be changed: the numbers of {people} people, {values} sealed"
            f" values, {files} files ({size / MEGABYTE:.0f} MB, written anew one by one); {backups} older backups are"
            " moved aside with their files.\nBack up first, then run yashu rotate-keys --apply.",
        )

    def gone(self, numbers: int) -> str:
        return self._in(
            f"有 {numbers} 个编号的主人已经被删掉（/forget），会换成跟旧密钥无关的编号；他们再来就是新人。",
            f"{numbers} numbers are of people who were forgotten (/forget); they become numbers that the old key does"
            " not lead to. Whoever of them comes back is somebody new.",
        )

    def mutes(self, count: int) -> str:
        return self._in(
            f"注意：有 {count} 个停报对的是已经删掉的人，换了以后认不出他们，这几个停报就不再起作用。",
            f"Mind: {count} mutes are of people who were forgotten. Afterwards nobody can tell who they are, so these"
            " mutes have no effect any more.",
        )

    def broken(self, paths: list[str]) -> str:
        listed = "; ".join(paths[:LISTED])
        return self._in(
            f"有 {len(paths)} 个文件新旧密钥都打不开（换之前就坏了），没有动：{listed}",
            f"{len(paths)} files open with neither key (they were damaged before) and were left alone: {listed}",
        )

    def done(self, values: int | None, files: int) -> str:
        what = "" if values is None else self._in(f"{values} 处内容和", f"{values} values and ")
        return self._in(
            f"换好了：{what}{files} 个文件都用新密钥封好，逐一打开核对过。旧密钥打不开现在的数据库和文件。",
            f"Done: {what}{files} files are sealed with the new keys, and each was opened. The old keys open nothing of"
            " the database and the files any more.",
        )

    def then(self, aside: Path, backups: Path | None) -> str:
        kept = self._in(f"旧备份在 {backups}，", f"the older backups are in {backups}; ") if backups else ""
        return self._in(
            f"旧密钥在 {aside}，{kept}旧备份只有旧密钥打得开：一起移到别处保管，不再需要时一起删掉。\n"
            "接下来：把 keys 文件夹里的两把新密钥和 .env 另外备份；几台机器的，每台都换上；启动；运行 yashu backup。\n"
            "数据库在 PostgreSQL 上的，再运行一次 vacuum full，旧的行才真正从磁盘上消失。",
            f"The old keys are in {aside}; {kept}only the old keys open older backups: store them away together, and"
            " delete them together.\nNow keep a copy of the two new keys in keys and of .env elsewhere; put them on"
            " every machine; start; run yashu backup.\nOn PostgreSQL run vacuum full once: until then the old rows are"
            " still on the disk.",
        )
