// Times as the town reads them: always the clock of China, whatever the browser's own zone is.

import { language } from "./texts.js";

const ZONE = "Asia/Shanghai";
const locale = () => (language() === "zh" ? "zh-CN" : "en-GB");
const made = new Map();

function formatted(moment, options) {
  const key = locale() + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...options }));
  return made.get(key).format(moment * 1000);
}

export const clockTime = (moment) => formatted(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const dayOf = (moment) => formatted(moment, { month: "long", day: "numeric", weekday: "short" });
export const fullMoment = (moment) =>
  formatted(moment, {
    month: "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
export const shortMoment = (moment, now) =>
  dayOf(moment) === dayOf(now) ? clockTime(moment) : formatted(moment, { month: "numeric", day: "numeric" });

export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds ?? 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function bytes(size) {
  if (!size) return "";
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${Math.round(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}
