"""/livez, /readyz and /metrics: for whoever watches over the program, at a private address: no password is asked.

Alive means that the loop answers; ready, that it can write and hears Telegram. Both say why not in one JSON object.
"""

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from bot.jobs.health import Facts, Health
from bot.metrics import REGISTRY


def health_door(health: Health) -> web.Application:
    """An application with three pages."""

    async def livez(_request: web.Request) -> web.Response:
        return _json({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        facts = await health.look()
        told = {
            "ready": facts.ready,
            "troubles": [trouble.value for trouble in facts.troubles],
            "heard_seconds": facts.heard_s,
            "arrived": {"waiting": facts.arrived[0], "oldest_seconds": facts.arrived[1]},
            "owed": {str(lane): {"waiting": one[0], "oldest_seconds": one[1]} for lane, one in facts.owed.items()},
        }
        return _json(told, 200 if facts.ready else 503)

    async def metrics(_request: web.Request) -> web.Response:
        body = generate_latest(REGISTRY) + generate_latest(_gauges(await health.look()))
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.router.add_get("/livez", livez)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    return app


def _json(told: object, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(told), status=status, content_type="application/json")


def _gauges(facts: Facts) -> CollectorRegistry:
    """What is true at this moment."""
    registry = CollectorRegistry()
    plain = {
        "yashu_ready": ("1 when it can do its work.", float(facts.ready)),
        "yashu_writes": ("1 when the database can be written.", float(facts.writes)),
        "yashu_arrived_waiting": ("Updates that wait to be worked on.", float(facts.arrived[0])),
        "yashu_arrived_oldest_seconds": ("Since when the oldest of them waits.", facts.arrived[1]),
        "yashu_dead_letters": ("Updates and messages given up; a person must look.", float(facts.dead)),
        "yashu_free_bytes": ("Room on the disk of the data folder.", float(facts.free)),
    }
    if facts.heard_s is not None:
        plain["yashu_heard_seconds"] = ("How long ago Telegram was heard.", facts.heard_s)
    for name, (what, value) in plain.items():
        Gauge(name, what, registry=registry).set(value)
    waiting = Gauge("yashu_owed_waiting", "Messages that may leave now, by lane.", ["lane"], registry=registry)
    oldest = Gauge("yashu_owed_oldest_seconds", "Since when the oldest waits, by lane.", ["lane"], registry=registry)
    for lane, (count, age) in facts.owed.items():
        waiting.labels(str(lane)).set(count)
        oldest.labels(str(lane)).set(age)
    return registry
