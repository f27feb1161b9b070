"""The one place where everything is put together, started and stopped."""

import asyncio
import gc
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.catalogue_file import load
from bot.cases.checklists import load_checklists
from bot.cases.commands import IN_GROUPS, offered
from bot.cases.errors import Broken
from bot.cases.worktime import WorkCalendar
from bot.config import Settings
from bot.desk.alarms import alarm
from bot.desk.chosen import OPTIONS, Chosen
from bot.desk.desk import Clock, Desk, Office, write_down
from bot.desk.settings import read as read_choices
from bot.desk.workdays import workdays
from bot.intake.arrivals import Arrivals
from bot.intake.hook import Hook
from bot.intake.poller import Poller
from bot.intake.webhook import webhook
from bot.intake.worker import Worker
from bot.jobs.backups import MakeBackups
from bot.jobs.files import FetchFiles
from bot.jobs.health import Health
from bot.jobs.jumps import Jumps
from bot.jobs.lease import Lease
from bot.jobs.papers import MakePapers
from bot.jobs.timetable import Ticker
from bot.jobs.voices import HearVoices
from bot.jobs.watch import Watch
from bot.listening.ear import Ear
from bot.listening.model import find_model
from bot.outbox.channel import Channel, Verdict
from bot.outbox.pace import Pace
from bot.outbox.sender import Sender
from bot.texts import LANGUAGES, texts_in
from bot.texts.console import RunTexts
from handlers.reception import Reception
from handlers.web.health import health_door
from storage import broadcasts, clocks, dialogs, inbox, noted_keys, outbox, rounds
from storage.database import STORAGE, Database
from storage.media import MediaStore
from storage.migrations import HEAD, upgrade
from storage.seals import read_keys

log = structlog.get_logger()

FINISH_S = 20.0
DOOR_S = 2.0
CHOICES_S = 20.0
WHO_AM_I_S = 5.0
WATCH_S = 10.0
QUIET_SLACK = timedelta(seconds=0.3)
GC_THRESHOLD = 50_000


class App:
    """An installation at work. `start`, then `run` until told to stop, then `stop`."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.office = open_office(settings, clock or Clock())
        self.database = Database(settings.database)
        self.media = MediaStore(settings.data_dir / "media", self.office.seals.media_key)
        token = settings.bot_token.get_secret_value()
        self.channel = Channel(settings.bot_api_base, token, settings.proxy)
        self.lease = Lease(self.database)
        ours = self.database.fenced(self.lease.check) if self.database.shared else self.database
        pace = Pace(settings.messages_per_second, settings.messages_per_group_minute, settings.messages_per_chat_second)
        self.sender = Sender(ours, self.office, self.channel, pace, self.media.read_outgoing, lambda: self.lease.held)
        self._arrived = asyncio.Event()
        self.arrivals = Arrivals(self.office, self._arrived)
        self.worker = Worker(
            self.database,
            self.office,
            Reception(token),
            self.arrivals,
            self._arrived,
            self.sender,
        )
        files = FetchFiles(ours, self.office, self.channel, self.media)
        papers = MakePapers(ours, self.office, self.media)
        self.voices = HearVoices(ours, self.office, self.channel, ear_of(settings), self.arrivals.keep)
        self.backups = MakeBackups(ours, self.office, settings)
        others = (files.run, papers.run, self.voices.run, self.backups.run)
        self.ticker = Ticker(ours, self.office, others, self.sender.look, settings.tick_seconds)
        self.jumps = Jumps(ours, self.office, self._begin_anew)
        self.poller = Poller(self.channel, self.arrivals)
        self.hook = _hook(settings, self.channel)
        self.health = Health(self.database, self.office, settings.data_dir, self._heard_s, self._undelivered)
        self.watch = Watch(self.health, settings, WATCH_S, time.monotonic)
        self._tasks: list[asyncio.Task[None]] = []
        self._doors: list[web.AppRunner] = []
        self._stop = asyncio.Event()
        self._failure: BaseException | None = None

    async def start(self) -> None:
        """Open the database and begin to receive, work, send and tick. Raises Broken with what is wrong."""
        await _only_one(self.database, self.settings)
        if (step := await upgrade(self.settings.database)) != HEAD:
            log.warning("database_is_newer", step=step, ours=HEAD)
        await self._keys_fit()
        await read_choices(self.database, self.office)
        for work in (self.worker.run(), self.sender.run(), self._follow_choices()):
            self._begin(work)
        if self.hook and self.settings.webhook_secret:
            await self._open_webhook(self.hook, self.settings.webhook_secret.get_secret_value())
        self._begin(self._introduce())
        if self.settings.health_listen:
            await self._open(health_door(self.health), self.settings.health_listen)
        if self.watch.wanted:
            self._begin(self.watch.run())
        if self.database.shared:
            self._begin(self._stand_by())
        else:
            await self._take_charge()

    async def _stand_by(self) -> None:
        """Wait for our turn to be in charge, then be it until told to stop. Raises LeaseLost."""
        await self.lease.take()
        await self._keys_fit()
        await self._take_charge()
        await self.lease.keep()

    async def _keys_fit(self) -> None:
        """They may have been changed while this one waited. Raises BrokenSetting."""
        async with self.database.read() as tx:
            await noted_keys.must_fit(tx, self.office.seals)

    async def _take_charge(self) -> None:
        """Send, tick and (without a webhook) poll from now on."""
        await self.media.clear_tmp(timedelta(0))
        self.sender.begin()
        if self.hook:
            self._begin(self.hook.watch(self.tell_moved))
        else:
            await self.channel.call("deleteWebhook", {"drop_pending_updates": False})
            self._begin(self.poller.run())
        self.ticker.start()
        self._begin(self.jumps.run())

    def _begin_anew(self) -> None:
        """The clock was put back: nobody waits for the time that it showed."""
        self.ticker.begin_anew()
        self.sender.begin_anew()
        self._arrived.set()

    async def run(self) -> None:
        """Until SIGTERM or Ctrl-C. Raises what ended a part of the program."""
        _calm_collector()
        self.heed_signals()
        await self._stop.wait()
        if self._failure is not None:
            raise self._failure

    def heed_signals(self) -> None:
        """From now on SIGTERM and Ctrl-C end `run`, even if it has not begun yet."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._stop.set)

    async def stop(self) -> None:
        """Take nothing new, finish what is in hand, close everything. What is left is done after the next start."""
        end = asyncio.get_running_loop().time() + FINISH_S
        for door in self._doors:
            await door.cleanup()
        self.sender.stop()
        self.backups.stop()
        async with self.database.between_writes():
            self.ticker.stop()
            others = [task for task in self._tasks if task.get_name() != "Sender.run"]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
        await self.ticker.ended()
        left = max(1.0, end - asyncio.get_running_loop().time())
        late = (await asyncio.wait(self._tasks, timeout=left))[1] if self._tasks else ()
        for task in late:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.lease.give_back()
        await self.media.close()
        await self.voices.close()
        await self.channel.close()
        await self.database.close()

    async def quiet(self, seconds: float = 20.0) -> None:
        """Wait until nothing is waiting to be worked on or sent now. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while await self._busy():  # noqa: ASYNC110 - rows of a database are no event
                await asyncio.sleep(0.01)

    async def _busy(self) -> bool:
        now = self.office.clock.now() + QUIET_SLACK  # what fails meanwhile is due a moment later than we ask
        async with self.database.read() as tx:
            if await inbox.waiting(tx, now, 1):
                return True
            return await outbox.has_work(tx, now)

    async def move_clock(self, ahead: timedelta) -> None:
        """Move the clock and do everything that is due by then (sandbox and tests only)."""
        self.office.clock.ahead += ahead
        for _ in range(100):
            done = await self.ticker.tick_all() + await self.ticker.fetch()
            self.sender.look()
            self._arrived.set()
            if not done:
                return

    async def next_event(self) -> Any:
        """When the next clock, reminder or letter is due; None if nothing is."""
        async with self.database.read() as tx:
            times = [
                await clocks.next_due(tx),
                await dialogs.next_reminder(tx),
                await broadcasts.next_start(tx),
                await outbox.next_due(tx),
                await rounds.next_due(tx),
            ]
        return min((at for at in times if at is not None), default=None)

    async def at_desk(self, work: Callable[[Desk], Awaitable[Any]]) -> Any:
        """Do one thing in one transaction (founding a district, commands)."""
        async with self.database.write() as tx:
            return await at_desk(tx, self.office, work)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name=work.__qualname__)  # noqa: TID251 - this is the app
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("part_ended", part=task.get_name(), error=type(error).__name__)
            self._failure = error
            self._stop.set()

    async def _open_webhook(self, hook: Hook, secret: str) -> None:
        await self._open(webhook(self.arrivals, secret), self.settings.webhook_listen)
        if not await hook.announce():
            self._begin(hook.announce_until_heard())

    async def tell_moved(self) -> None:
        """Updates were pointed elsewhere by somebody: the admins hear of it once an hour."""

        async def tell(desk: Desk) -> None:
            await alarm(desk, f"webhook {desk.now():%Y%m%d%H}", "webhook_moved")

        with suppress(*STORAGE):
            await self.at_desk(tell)
            self.sender.look()

    async def _open(self, door: web.Application, listen: str) -> None:
        """Open a door for HTTP at host:port. Raises Broken when it cannot be opened."""
        runner = web.AppRunner(door, access_log=None, shutdown_timeout=DOOR_S)
        self._doors.append(runner)
        await runner.setup()
        host, _, port = listen.rpartition(":")
        try:
            await web.TCPSite(runner, host, int(port)).start()
        except OSError as error:
            raise Broken(RunTexts(self.settings.language).cannot_listen(listen, error.errno)) from error

    def _heard_s(self) -> float | None:
        """How long ago Telegram was heard; None where it is not for us to hear it."""
        heard_at = self.hook.heard_at if self.hook else self.poller.heard_at
        return None if heard_at is None else asyncio.get_running_loop().time() - heard_at

    def _undelivered(self) -> bool:
        return self.hook is not None and self.hook.undelivered

    async def _follow_choices(self) -> None:
        """What an admin sets in another process counts here soon."""
        while True:
            await asyncio.sleep(CHOICES_S)
            await self._keys_fit()
            await read_choices(self.database, self.office)

    async def _introduce(self) -> None:
        """Learn our own name, for links into the private chat, as often as it takes; then set the menus of commands,
        which may fail without harm."""
        me = await self.channel.call("getMe", {})
        while me.verdict is not Verdict.SENT:
            await asyncio.sleep(max(WHO_AM_I_S, me.retry_after))
            me = await self.channel.call("getMe", {})
        self.office.me.username = me.result.get("username") or ""
        for language in LANGUAGES:
            texts = texts_in(language)
            code = {} if language == self.settings.language else {"language_code": language}
            for scope, commands in (
                ("all_private_chats", texts.menu_of(offered(()))),
                ("all_group_chats", texts.menu_of(IN_GROUPS)),
            ):
                listed = [{"command": name, "description": words} for name, words in commands]
                await self.channel.call("setMyCommands", {"commands": listed, "scope": {"type": scope}, **code})


def open_office(settings: Settings, clock: Clock) -> Office:
    """Read keys, catalogue and calendar. Raises Broken with what is wrong."""
    days, catalogue = workdays(settings.holidays), load(settings.catalogue)
    return Office(
        seals=read_keys(settings.data_dir / "keys"),
        catalogue=catalogue,
        checklists=load_checklists(settings.checklists, catalogue.matters),
        calendar=WorkCalendar(is_workday=days.is_workday),
        workdays=days,
        clock=clock,
        bot_id=settings.bot_id,
        chosen=_chosen(settings),
        district=settings.district,
        number_prefix=settings.number_prefix,
        admins=frozenset(settings.admin_ids),
        pace=settings.messages_per_second,
        listens=settings.voice_model is not None,
        person_pace=settings.messages_per_person_minute,
        reports_a_day=settings.reports_per_person_day,
    )


def _hook(settings: Settings, channel: Channel) -> Hook | None:
    """Where Telegram brings updates; None when we ask for them."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return Hook(channel, settings.webhook_url, settings.webhook_secret.get_secret_value())


def ear_of(settings: Settings) -> Ear | None:
    """What turns voices into words, where a model was given."""
    return Ear(find_model(settings.voice_model)) if settings.voice_model else None


def _chosen(settings: Settings) -> Chosen:
    """The settings that can be changed at run time; what was said by the environment is fixed."""
    given = {name: getattr(settings, name) for name in OPTIONS}
    return Chosen(given, settings.model_fields_set & given.keys())


async def at_desk(tx: AsyncConnection, office: Office, work: Callable[[Desk], Awaitable[Any]]) -> Any:
    """One thing at one desk of a given transaction."""
    await noted_keys.must_fit(tx, office.seals)
    now = office.clock.now()
    desk = Desk(tx, office, now, f"command {now:%Y%m%d%H%M%S%f}")
    result = await work(desk)
    await write_down(tx, office, [desk])
    return result


async def _only_one(database: Database, settings: Settings) -> None:
    """Two programs on one file would answer twice: the second refuses to start. On a server it stands by."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if database.shared:
        return
    try:
        database.alone(settings.data_dir)
    except BlockingIOError:
        await database.close()
        raise Broken(RunTexts(settings.language).already_running(settings.data_dir)) from None


def _calm_collector() -> None:
    """What was built at the start stays; looking through it again and again is the largest cost of a busy bot."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD, 20, 20)
