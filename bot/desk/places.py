"""Which place of the grid a point or a few words mean. The grid is kept in memory, and read again when it changes."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.place_names import Named, PlaceNames
from storage import grid
from storage.grid import Known, Node

PAGE = 200
"""Boundaries that are read at once: nobody else of the program works meanwhile."""


class Grid:
    """All places at one moment: by number, by name, and by point (an R-tree over the boundaries). Never changes."""

    def __init__(self, known: Sequence[Known], drawn: Mapping[int, str]) -> None:
        self.nodes = {one.node.id: one.node for one in known}
        valid = [one for one in known if one.valid]
        self.valid = frozenset(one.node.id for one in valid)
        self.names = PlaceNames(
            Named(one.node.id, one.node.code, one.node.depth, one.node.parent_id, names_of(one.node), one.addresses)
            for one in valid
        )
        self._bounded = [one.node for one in valid if one.node.id in drawn]
        self._shapes: Any = None
        self._tree: Any = None
        if self._bounded:
            import numpy
            import shapely  # only where somebody asks for a place

            texts = [drawn[node.id] for node in self._bounded]
            pages = [shapely.from_geojson(texts[at : at + PAGE]) for at in range(0, len(texts), PAGE)]
            self._shapes = numpy.concatenate(pages)
            self._tree = shapely.STRtree(self._shapes)
            shapely.prepare(self._shapes)
            self._tree.query(self._shapes[0])

    def at(self, latitude: float, longitude: float) -> Node | None:
        """The smallest place whose boundary holds the point; on a shared edge the one with the smaller code."""
        if self._tree is None:
            return None
        import shapely

        near = self._tree.query(shapely.Point(longitude, latitude))
        hits: list[int] = near[shapely.intersects_xy(self._shapes[near], longitude, latitude)].tolist()
        found = [self._bounded[hit] for hit in hits]
        return min(found, key=lambda node: (-node.depth, node.code), default=None)


def names_of(node: Node) -> tuple[str, ...]:
    """What a place is called."""
    return node.name, *node.aliases


@dataclass(slots=True)
class Places:
    """The grid in memory, as fresh as the stamp of `storage.grid` says (two seconds behind another process)."""

    _grid: Grid = field(default_factory=lambda: Grid((), {}))
    _version: int | None = None

    async def at(self, tx: AsyncConnection, latitude: float, longitude: float) -> Node | None:
        """The smallest place whose boundary holds the point; on a shared edge the one with the smaller code."""
        return (await self._fresh(tx)).at(latitude, longitude)

    async def named(self, tx: AsyncConnection, words: str) -> Node | None:
        """The smallest place whose name, alias or address stands in the words; see PlaceNames."""
        known = await self._fresh(tx)
        found = known.names.find(words)
        return None if found is None else known.nodes[found]

    async def doubtful(self, tx: AsyncConnection, words: str) -> list[Node]:
        """Places to choose from where the words name none for sure: several of them, or one that is nearly named."""
        known = await self._fresh(tx)
        several = known.names.several(words)
        found = several if len(several) > 1 else [] if known.names.find(words) else known.names.alike(words)
        return [known.nodes[one] for one in found]

    async def path(self, tx: AsyncConnection, node_id: int) -> list[Node]:
        """The place and everything above it, the district first; also of one that is not valid any more."""
        nodes = (await self._fresh(tx)).nodes
        node = nodes.get(node_id)
        numbers = [int(part) for part in node.path.split("/") if part] if node else []
        return [nodes[number] for number in numbers if number in nodes]

    async def valid(self, tx: AsyncConnection, node_id: int) -> list[Node]:
        """The same of a place that is valid now; nothing for another."""
        return await self.path(tx, node_id) if node_id in (await self._fresh(tx)).valid else []

    async def _fresh(self, tx: AsyncConnection) -> Grid:
        """Read page by page and put in order in a thread: the others go on meanwhile."""
        version = await grid.version(tx)
        if version != self._version:
            known, drawn = await grid.everything(tx), await grid.boundaries(tx)
            self._grid = await asyncio.to_thread(Grid, known, drawn)
            self._version = version
        return self._grid
