"""Everything that rules and use cases refuse.

Refusal                     somebody may not do this now; handlers/refusals.py makes a polite sentence of it
├── NotFound                no such case for this person (also said when it exists but is not theirs to see)
├── NotYours                the case exists, the person may not do this to it
├── OutsideTown             a town's dispatchers send a case on inside their town; up it goes by 升级
├── MoveNotAllowed          the status of the case has no such move
├── Taken                   somebody else was faster
├── NoteRequired            the move needs words (reason, result)
├── EvidenceRequired        the move needs a photo
├── OldEvidence             the photo was with the case before, so it cannot show what was done
├── SecondPersonRequired    a red or yellow case is graded down by two, not by one
├── NobodyMeant          a broadcast that nobody would get
├── TooSoon                 not yet (urging before half of the clock, twice a day)
├── RemindedToday           who has not read a broadcast is reminded once a day
├── TooLate                 no longer (correcting after ten minutes, withdrawing after handling began)
├── InvitationGone          an invitation that is unknown, used, expired or called back; said alike
├── AppliedAlready          whoever applies has an application that waits
├── AlreadyWhistles         whoever applies is a whistleblower
├── AppliedOften            refused several times of late: not yet again
├── RestFirst               so many reports a day one person files; the draft stays
├── Muted                   for a while nothing but danger is taken from this person
├── AlreadyMember           who presses an invitation stands in the register already
├── Assigned                a case that was given back twice stays where it was sent then
├── WindowOver              the time in which a unit may give a case back is over
├── Confidential            nobody else may be brought in on a confidential case
├── NotOpen                 the dialog or draft this belongs to is gone
├── NoDuty                  this is only for people with such a duty at a place
├── EnoughPlaces            so many places one person follows, and no more
├── Decided                 somebody has decided it already
├── WordsChanged            the text to be published was changed after the button was drawn
├── ChangedMeanwhile        somebody changed it since it was shown; what was pressed is not done
├── CannotRedraw            the grid cannot be re-drawn like that
├── OrderKnown              a 12345 order that was recorded already
├── NoContact               the reporter does not want to be asked
├── NoDate                  words in which no day was found
├── OnlyEarlier             a unit gets less time than usual, never more by this way
├── CannotMerge             two cases that cannot be dealt with as one
├── OldCard                 a card of an earlier day: today's is another one
└── RoundOver               the roll call or task has ended
Broken                      the installation is wrong; the program refuses to start
├── BrokenCatalogue         a line of the catalogue file is wrong
└── BrokenSetting           a setting is missing or wrong
"""


class Refusal(Exception):
    """Somebody asked for something the rules do not allow now. `facts` are what the sentence needs, never personal."""

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__)
        self.facts = facts


class NotFound(Refusal):
    """No such case for this person."""


class NotYours(Refusal):
    """The case exists, this person may not do this to it."""


class OutsideTown(Refusal):
    """A town sends a case on to units of its own only; what goes up goes by 升级."""


class MoveNotAllowed(Refusal):
    """The status has no such move. Facts: status, action."""


class Taken(Refusal):
    """Somebody else was faster. Facts: name."""


class NoteRequired(Refusal):
    """The move needs words. Facts: action."""


class EvidenceRequired(Refusal):
    """The move needs a photo. Facts: action."""


class OldEvidence(Refusal):
    """The photo was with the case before, so it shows nothing of what was done."""


class SecondPersonRequired(Refusal):
    """Two different people must agree. Facts: action."""


class NobodyMeant(Refusal):
    """Nobody who can be reached is meant."""


class TooSoon(Refusal):
    """Not yet. Facts: at (aware datetime from which it is allowed)."""


class RemindedToday(Refusal):
    """Those who have not read it were reminded today already."""


class TooLate(Refusal):
    """No longer. Facts: action."""


class AppliedAlready(Refusal):
    """Whoever applies has an application that waits."""


class AlreadyWhistles(Refusal):
    """Whoever applies is a whistleblower already."""


class AppliedOften(Refusal):
    """Refused several times of late. Facts: at (from when it may be tried again)."""


class RestFirst(Refusal):
    """So many reports one person files in a day; the draft stays. Facts: at (from when it can be submitted)."""


class Muted(Refusal):
    """For a while nothing but danger is taken from this person. Facts: at (until when)."""


class Assigned(Refusal):
    """Given back twice, then sent out for good. Facts: action."""


class WindowOver(Refusal):
    """Too late to give a case back. Facts: at (when the window closed)."""


class Confidential(Refusal):
    """Nobody else may be brought in on what is confidential. Facts: action."""


class NotOpen(Refusal):
    """The draft or dialog this button belongs to is gone."""


class InvitationGone(Refusal):
    """The invitation is unknown, used, expired or called back."""


class AlreadyMember(Refusal):
    """Whoever presses an invitation stands in the register already. Facts: name (their own)."""


class NoDuty(Refusal):
    """Only people with such a duty at a place do this."""


class EnoughPlaces(Refusal):
    """Nobody follows more places than that. Facts: most."""


class Decided(Refusal):
    """Somebody has decided it already. Facts: name."""


class WordsChanged(Refusal):
    """What is approved is what was read: the text is another one by now."""


class ChangedMeanwhile(Refusal):
    """Somebody changed it since it was shown, so the press meant something that is gone."""


class CannotRedraw(Refusal):
    """The grid cannot be re-drawn like that. Facts: what (names a sentence), value (a code or number)."""

    def __init__(self, *, what: str, value: str = "") -> None:
        super().__init__(what=what, value=value)
        self.what, self.value = what, value


class OrderKnown(Refusal):
    """A 12345 order is recorded once. Facts: number (of its case)."""


class NoContact(Refusal):
    """The reporter does not want to be asked, or gave no number."""


class NoDate(Refusal):
    """Words in which no day was found."""


class OnlyEarlier(Refusal):
    """The day must be before the usual one. Facts: at."""


class CannotMerge(Refusal):
    """Two cases that cannot be dealt with as one. Facts: what (names a sentence)."""

    def __init__(self, *, what: str) -> None:
        super().__init__(what=what)
        self.what = what


class OldCard(Refusal):
    """The list of an earlier day."""


class RoundOver(Refusal):
    """The roll call or task has ended."""


class Broken(Exception):
    """The installation is wrong; the message says which line or setting, why, and what to do."""


class BrokenCatalogue(Broken):
    """A line of a catalogue file is wrong: `file:line: what`."""


class BrokenSetting(Broken):
    """A setting is missing or wrong."""
