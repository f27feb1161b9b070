// The bar above the phones: the clock that can be moved, faults, limits, groups, language, size of the letters.

import { el, icon, textButton } from "./el.js";
import { notice, sheet } from "./overlays.js";
import { language, say, speak } from "./texts.js";
import { fullMoment } from "./time.js";
import { drop, get, listed, post } from "./wire.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICK_MS = 1000;
const GATHER_MS = 600;
// Long enough to be felt, short enough to be shown.
const FAULT_FACTS = { slow: { seconds: 3 }, hang: { seconds: 30 }, 429: { retry_after: 5 } };
const FAULTS = ["400", "429", "500", "502", "reset_before", "reset_after", "slow", "hang", "garbage"];

export class Tools {
  /** `page` answers: redraw(), fit() for a changed size of the letters. */
  constructor(page) {
    this.page = page;
    this.ahead = 0;
    this.next = null;
    this.time = el("time", { class: "now", data: { now: "" } });
    this.upcoming = el("small", { class: "upcoming" });
    this.clock = el(
      "div",
      { class: "clock", role: "group", "aria-label": say("clock") },
      icon("clock"),
      el("span", { class: "clock-words" }, this.time, this.upcoming),
      this.#moves(),
    );
    const other = language() === "zh" ? "EN" : "中文";
    this.language = textButton(other, "language", () => (speak(language() === "zh" ? "en" : "zh"), page.redraw()));
    this.large = textButton(say("large"), "large", () => this.#large(), "plain");
    this.large.setAttribute("aria-pressed", String(isLarge()));
    const settings = textButton(say("tools"), "tools", () => this.#sheet(), "plain", "tools");
    settings.setAttribute("aria-label", say("tools"));
    const brand = el(
      "h1",
      { class: "brand" },
      el("img", { src: "/page/icon.svg", alt: "", width: 32, height: 32 }),
      el("span", {}, say("brand")),
      el("small", {}, say("brand_under")),
    );
    this.root = el(
      "div",
      { class: "bar" },
      brand,
      this.clock,
      el("div", { class: "bar-end" }, settings, this.large, this.language),
    );
  }

  #moves() {
    const move = (words, act, body, picture) => textButton(say(words), act, () => this.#move(body), "plain", picture);
    return el(
      "div",
      { class: "moves" },
      move("plus_minutes", "clock-minutes", { add: 10 * MINUTE }),
      move("plus_hour", "clock-hour", { add: HOUR }),
      move("plus_day", "clock-day", { add: DAY }),
      move("to_next", "clock-next", { to: "next" }, "next"),
    );
  }

  start() {
    this.ticking = setInterval(() => this.#draw(), TICK_MS);
    return this.refresh();
  }

  stop() {
    clearInterval(this.ticking);
    clearTimeout(this.refreshing);
  }

  now() {
    return Date.now() / 1000 + this.ahead;
  }

  async refresh() {
    this.#take(await get("clock"));
  }

  /** What happens in the town may change what is due next; a burst of events makes one request. */
  refreshSoon() {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = null;
      this.refresh().catch(() => undefined);
    }, GATHER_MS);
  }

  #take({ now, next }) {
    this.ahead = now - Date.now() / 1000;
    this.next = next ?? null;
    this.#draw();
  }

  #draw() {
    this.time.textContent = fullMoment(this.now());
    this.upcoming.textContent = this.next ? say("next_at", { when: fullMoment(this.next) }) : say("no_next");
  }

  async #move(body) {
    this.clock.setAttribute("aria-busy", "true");
    await this.try(async () => this.#take(await post("clock", body)));
    this.clock.removeAttribute("aria-busy");
  }

  async try(deed) {
    try {
      return await deed();
    } catch (error) {
      notice(document.body, say("refused", { why: error.message }), "bad");
      return null;
    }
  }

  #large() {
    setLarge(!isLarge());
    this.page.fit();
    this.large.setAttribute("aria-pressed", String(isLarge()));
  }

  async #sheet() {
    const [faults, groups, limits] = await Promise.all(
      ["faults", "groups", "limits"].map((what) => this.try(() => get(what))),
    );
    const here = listed(groups ?? [], "groups").filter((group) => !group.migrated_to);
    const body = () =>
      el(
        "div",
        { class: "panel" },
        this.#limits(limits?.on),
        el("h3", {}, say("faults")),
        el("p", { class: "help" }, say("faults_help")),
        this.#faults(listed(faults ?? [], "faults")),
        el("h3", {}, say("groups")),
        el(
          "div",
          { class: "rows" },
          here.map((group) => this.#group(group)),
        ),
      );
    sheet(document.body, say("tools"), body);
  }

  #limits(now) {
    return toggle(say("limits"), "limits", now, (on) => this.try(() => post("limits", { on })));
  }

  #faults(active) {
    const line = (kind) => {
      let ids = active.filter((fault) => fault.kind === kind).map((fault) => fault.id);
      const set = async (on) => {
        if (on)
          ids = [(await this.try(() => post("faults", { kind, ...FAULT_FACTS[kind] })))?.id].filter(
            (id) => id !== undefined,
          );
        else await this.try(() => Promise.all(ids.map((id) => drop(`faults/${id}`))));
      };
      return toggle(say(`fault_${kind}`), `fault-${kind}`, ids.length > 0, set);
    };
    return el("div", { class: "toggles" }, FAULTS.map(line));
  }

  #group(group) {
    const migrate = async () => {
      if (await this.try(() => post(`groups/${group.id}/migrate`))) button.replaceWith(say("s_migrated"));
    };
    const button = textButton(say("migrate"), "migrate", migrate);
    return el(
      "div",
      { class: "group-line", data: { group: group.id } },
      el("b", {}, group.title),
      group.type === "group" ? button : el("small", {}, say("supergroup")),
    );
  }
}

function toggle(words, act, on, set) {
  const box = el("input", { type: "checkbox", role: "switch", checked: on, data: { act } });
  box.addEventListener("change", () => set(box.checked));
  return el("label", { class: "toggle" }, el("span", {}, words), box);
}

const isLarge = () => document.documentElement.classList.contains("large");

export function setLarge(on) {
  document.documentElement.classList.toggle("large", on);
  localStorage.setItem("large", on ? "1" : "");
}
