"""Which place of the grid a point or a few words mean. The tree is read once and again when it is a minute old."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import grid
from storage.grid import Node

FRESH_S = 60.0


@dataclass(slots=True)
class Places:
    """The grid in memory: by point (an R-tree over the boundaries) and by name."""

    _nodes: dict[int, Node] = field(default_factory=dict[int, Node])
    _read_at: float | None = None
    _bounded: list[Node] = field(default_factory=list[Node])
    _tree: Any = None

    async def at(self, tx: AsyncConnection, latitude: float, longitude: float) -> Node | None:
        """The smallest place whose boundary holds the point; on a shared edge the one with the smaller code."""
        await self._refresh(tx)
        if self._tree is None:
            return None
        from shapely import Point  # only where somebody shares a location

        hits: list[int] = self._tree.query(Point(longitude, latitude), predicate="intersects").tolist()
        found = [self._bounded[hit] for hit in hits]
        return min(found, key=lambda node: (-node.depth, node.code), default=None)

    async def named(self, tx: AsyncConnection, words: str) -> Node | None:
        """The smallest place whose name or alias stands in the words; the longer name wins."""
        await self._refresh(tx)
        hits = [
            (node, name)
            for node in self._nodes.values()
            for name in (node.name, *node.aliases)
            if name and name in words
        ]
        hits = [(node, name) for node, name in hits if self._fits(node, words)]
        best = max(hits, key=lambda hit: (hit[0].depth, len(hit[1])), default=None)
        return best[0] if best else None

    async def path(self, tx: AsyncConnection, node_id: int) -> list[Node]:
        """The place and everything above it, the district first."""
        await self._refresh(tx)
        found: list[Node] = []
        node = self._nodes.get(node_id)
        while node is not None:
            found.insert(0, node)
            node = self._nodes.get(node.parent_id) if node.parent_id else None
        return found

    def changed(self) -> None:
        """The grid was changed here: it is read again when it is asked for next."""
        self._read_at = None

    def _fits(self, node: Node, words: str) -> bool:
        """A building (3栋) is only meant where its community is named too; estates and communities stand alone."""
        if node.depth < 5:
            return True
        above = self._nodes.get(node.parent_id) if node.parent_id else None
        while above is not None and above.depth > 2:
            if any(name in words for name in (above.name, *above.aliases)):
                return True
            above = self._nodes.get(above.parent_id) if above.parent_id else None
        return False

    async def _refresh(self, tx: AsyncConnection) -> None:
        now = asyncio.get_running_loop().time()
        if self._read_at is not None and now - self._read_at < FRESH_S:
            return
        self._nodes = {node.id: node for node in await grid.all_nodes(tx)}
        self._bounded = [node for node in self._nodes.values() if node.boundary]
        self._read_at = now
        if self._bounded:
            from shapely import STRtree
            from shapely.geometry import shape

            self._tree = STRtree([shape(dict(node.boundary or {})) for node in self._bounded])
