"""Every sentence anybody reads. Chinese is the source; other languages are catalogues of it (locale/*.po)."""

from functools import cache

from bot.texts.answering import AnsweringTexts
from bot.texts.asking import AskingTexts
from bot.texts.assessing import AssessmentTexts
from bot.texts.behalf import BehalfTexts
from bot.texts.broadcast_copy import BroadcastCopyTexts
from bot.texts.broadcast_sheet import BroadcastSheetTexts
from bot.texts.calling import CallingTexts
from bot.texts.centre import CentreTexts
from bot.texts.confiding import ConfidingTexts
from bot.texts.conflicts import ConflictTexts
from bot.texts.correcting import CorrectingTexts
from bot.texts.counter import CounterTexts
from bot.texts.crying import CryingTexts
from bot.texts.deciding import DecidingTexts
from bot.texts.following import FollowingTexts
from bot.texts.grid import GridTexts
from bot.texts.handing import HandingTexts
from bot.texts.helping import HelpTexts
from bot.texts.hushing import HushingTexts
from bot.texts.language import LANGUAGES, Phrases, phrases
from bot.texts.members import MembersTexts
from bot.texts.mornings import MorningTexts
from bot.texts.muting import MutingTexts
from bot.texts.mydata import MyDataTexts
from bot.texts.neighbours import NeighbourTexts
from bot.texts.orders import OrderTexts
from bot.texts.patrolling import PatrolTexts
from bot.texts.pausing import PausingTexts
from bot.texts.plainly import PlainTexts
from bot.texts.printed import PrintedTexts
from bot.texts.proving import ProvingTexts
from bot.texts.publishing import PublishingTexts
from bot.texts.redrawing import RedrawingTexts
from bot.texts.reminding import RemindingTexts
from bot.texts.requesting import RequestingTexts
from bot.texts.resident import ResidentTexts
from bot.texts.reviewing import ReviewTexts
from bot.texts.revisiting import RevisitingTexts
from bot.texts.rosters import RosterTexts
from bot.texts.rounds import RoundTexts
from bot.texts.running import RunningTexts
from bot.texts.settings import SettingsTexts
from bot.texts.settling import SettlingTexts
from bot.texts.speaking import SpeakingTexts
from bot.texts.standing import StandingTexts
from bot.texts.stats import StatsTexts
from bot.texts.subscribing import SubscribingTexts
from bot.texts.supervising import SupervisingTexts
from bot.texts.taking_back import TakingBackTexts
from bot.texts.triaging import TriagingTexts
from bot.texts.unit import UnitTexts
from bot.texts.units import UnitListTexts
from bot.texts.whistling import WhistlingTexts
from bot.texts.works import WorksTexts

__all__ = ["LANGUAGES", "Texts", "texts_in"]


class Texts(
    ResidentTexts,
    AskingTexts,
    ReviewTexts,
    BehalfTexts,
    AnsweringTexts,
    DecidingTexts,
    TriagingTexts,
    StandingTexts,
    PausingTexts,
    RequestingTexts,
    CallingTexts,
    SettlingTexts,
    ProvingTexts,
    SupervisingTexts,
    RevisitingTexts,
    ConflictTexts,
    FollowingTexts,
    CorrectingTexts,
    ConfidingTexts,
    MyDataTexts,
    MorningTexts,
    HandingTexts,
    RosterTexts,
    UnitTexts,
    OrderTexts,
    RemindingTexts,
    CentreTexts,
    RunningTexts,
    BroadcastCopyTexts,
    BroadcastSheetTexts,
    MembersTexts,
    NeighbourTexts,
    PlainTexts,
    PrintedTexts,
    PatrolTexts,
    RoundTexts,
    AssessmentTexts,
    SubscribingTexts,
    PublishingTexts,
    WorksTexts,
    UnitListTexts,
    StatsTexts,
    TakingBackTexts,
    HelpTexts,
    SettingsTexts,
    SpeakingTexts,
    RedrawingTexts,
    GridTexts,
    WhistlingTexts,
    MutingTexts,
    CounterTexts,
    CryingTexts,
    HushingTexts,
):
    """All sentences in one language: facts in, sentences out (HTML as Telegram reads it, facts escaped)."""

    def __init__(self, spoken: Phrases) -> None:
        self.language = spoken.language
        self._say = spoken


@cache
def texts_in(language: str) -> Texts:
    """The sentences in a language; an unknown one gets Chinese."""
    return Texts(phrases(language if language in LANGUAGES else "zh"))
