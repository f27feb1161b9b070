"""The command line: `yashu COMMAND`. `yashu --help` tells everything."""

import os

import click

from bot.commands.alarms import try_alarms
from bot.commands.assessment import assessment
from bot.commands.backup import backup, drill, restore
from bot.commands.broadcasts import broadcasts
from bot.commands.catalogue import catalogue, life_cycle
from bot.commands.checklists import checklists
from bot.commands.dead_letters import dead_letters
from bot.commands.district import district
from bot.commands.doctor import doctor
from bot.commands.grid import grid
from bot.commands.handing import hand_over
from bot.commands.hold import hold
from bot.commands.init import init
from bot.commands.keys import rotate_keys
from bot.commands.moving import move_database
from bot.commands.papers import people
from bot.commands.patrol import patrol
from bot.commands.redraw import redraw
from bot.commands.roster import roster
from bot.commands.rounds import rounds
from bot.commands.running import demo, migrate, run
from bot.commands.triage import triage_eval
from bot.commands.units import units
from bot.lab.commands import bench, chaos, train


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yashu")
def main() -> None:
    """伢叔 (yashu): every report becomes a case that somebody must answer."""
    os.umask(0o077)  # databases, files, sheets: whoever else has an account on this machine reads none of them


RULES = (catalogue, checklists, life_cycle)
SHEETS = (grid, units, people, roster, patrol, rounds, assessment, broadcasts)
for command in (
    demo,
    district,
    run,
    init,
    doctor,
    try_alarms,
    dead_letters,
    migrate,
    backup,
    restore,
    drill,
    hold,
    hand_over,
    move_database,
    rotate_keys,
    *RULES,
    *SHEETS,
    redraw,
    bench,
    chaos,
    train,
    triage_eval,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
