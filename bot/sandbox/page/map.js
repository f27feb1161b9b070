// A small drawn map of the town: shows a point, or lets one be chosen.

import { el, svg } from "./el.js";
import { say } from "./texts.js";

// What town.svg covers; 1000 x 700 drawn units.
const WEST = 119.55;
const EAST = 119.65;
const SOUTH = 32.16;
const NORTH = 32.22;
const WIDE = 1000;
const HIGH = 700;
const STEP_DEGREES = 0.001;
const PLACES = [
  [300, 66, "长江"],
  [205, 252, "公园"],
  [505, 538, "文化广场"],
  [862, 398, "体育公园"],
  [435, 376, "学校"],
  [245, 480, "医院"],
  [535, 376, "市场"],
];

const x = (lon) => ((lon - WEST) / (EAST - WEST)) * WIDE;
const y = (lat) => ((NORTH - lat) / (NORTH - SOUTH)) * HIGH;

export const written = (lat, lon) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

function pin(lat, lon, size, kind) {
  const place = `translate(${x(lon)} ${y(lat)}) scale(${size})`;
  const drop = svg("path", { d: "M0 0C-14-18-20-26-20-38a20 20 0 0 1 40 0C20-26 14-18 0 0z" });
  return svg("g", { class: `pin ${kind}`, transform: place }, drop, svg("circle", { cy: -38, r: 8 }));
}

function ground(letters) {
  const names = PLACES.map(([left, top, name]) => svg("text", { x: left, y: top, "font-size": letters }, name));
  // Outside the drawn town there is still something to stand on.
  const plain = svg("rect", { x: -1e6, y: -1e6, width: 2e6, height: 2e6, class: "plain-ground" });
  return [plain, svg("image", { href: "/page/town.svg", width: WIDE, height: HIGH }), ...names];
}

/** The surroundings of one point, about 2.4 km across. */
export function placeMap(lat, lon) {
  const [wide, high] = [250, 140];
  const box = `${x(lon) - wide / 2} ${y(lat) - high * 0.6} ${wide} ${high}`;
  const label = say("map_of", { place: written(lat, lon) });
  return svg(
    "svg",
    { viewBox: box, class: "map", role: "img", "aria-label": label },
    ...ground(14),
    pin(lat, lon, 0.7, "there"),
  );
}

/** A map to click on; arrow keys move the pin too. `onMove(lat, lon)` is called with every new place. */
export function chooseOnMap(home, onMove) {
  const at = { ...home };
  const label = say("map_choose");
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "map choose", role: "application", tabindex: 0, "aria-label": label },
    ...ground(34),
  );
  const own = svg("circle", { cx: x(home.lon), cy: y(home.lat), r: 13, class: "own" });
  const shown = el("output", { class: "coordinates" });
  const move = (lat, lon) => {
    Object.assign(at, { lat, lon });
    picture.querySelector(".pin")?.remove();
    picture.append(pin(lat, lon, 1.6, "chosen"));
    shown.textContent = written(lat, lon);
    onMove(lat, lon);
  };
  picture.append(own);
  picture.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    move(NORTH - (point.y / HIGH) * (NORTH - SOUTH), WEST + (point.x / WIDE) * (EAST - WEST));
  });
  picture.addEventListener("keydown", (event) => {
    const way = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    move(at.lat + way[0] * STEP_DEGREES, at.lon + way[1] * STEP_DEGREES);
  });
  move(home.lat, home.lon);
  return el("div", { class: "map-choice" }, picture, shown);
}
