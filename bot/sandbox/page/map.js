// A small drawn map of the town: shows a point, or lets one be chosen. A demo may bring a map of its own.

import { el, svg, textButton } from "./el.js";
import { say } from "./texts.js";
import { get } from "./wire.js";

// What is drawn is in tens of metres east and south of the north-western corner of the map.
const UNITS_NORTH = 11120;
const UNITS_EAST = 9420;
const STEP_DEGREES = 0.001;
const TALL = 0.7;
const NEAR = 240;
const FIRST_LOOK = 1000;
const CLOSEST = 60;
const ZOOM = 2;
const LETTER = 0.034;
const EDGE = 0.12;
// How wide (in units) the map is at least or at most where names of a rank can be read: towns, communities, estates.
const RANKS = [
  [1000, Infinity],
  [0, 1600],
  [0, 260],
];

let town = {
  west: 119.55,
  east: 119.65,
  south: 32.16,
  north: 32.22,
  picture: "/page/town.svg",
  names: [
    [32.2143, 119.58, "长江", 1],
    [32.1984, 119.5705, "公园", 1],
    [32.1739, 119.6005, "文化广场", 1],
    [32.1859, 119.6362, "体育公园", 1],
    [32.1878, 119.5935, "学校", 1],
    [32.1789, 119.5745, "医院", 1],
    [32.1878, 119.6035, "市场", 1],
  ],
};

/** The map of the town that is played, if it brought one. */
export async function readMap() {
  const found = await get("map");
  if (found.picture) town = found;
}

const x = (lon) => (lon - town.west) * UNITS_EAST;
const y = (lat) => (town.north - lat) * UNITS_NORTH;

export const written = (lat, lon) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

function pin(lat, lon, size, kind) {
  const place = `translate(${x(lon)} ${y(lat)}) scale(${size})`;
  const drop = svg("path", { d: "M0 0C-14-18-20-26-20-38a20 20 0 0 1 40 0C20-26 14-18 0 0z" });
  return svg("g", { class: `pin ${kind}`, transform: place }, drop, svg("circle", { cy: -38, r: 8 }));
}

function ground() {
  // Outside the drawn town there is still something to stand on.
  const plain = svg("rect", { x: -1e6, y: -1e6, width: 2e6, height: 2e6, class: "plain-ground" });
  const [width, height] = [x(town.east), y(town.south)];
  return [plain, svg("image", { href: town.picture, width, height, preserveAspectRatio: "none" })];
}

/** The names that can be read in a part of the map; of two that would lie upon each other the more important one. */
function names(box, letters) {
  const shown = [];
  const ranked = town.names.filter(([, , , rank]) => box.width >= RANKS[rank][0] && box.width <= RANKS[rank][1]);
  for (const [lat, lon, name] of ranked.sort((one, other) => one[3] - other[3])) {
    const [left, top, long] = [x(lon), y(lat), name.length * letters];
    const inside = left > box.x && left < box.x + box.width && top > box.y && top < box.y + box.height;
    const clear = (one) =>
      Math.abs(one.top - top) > letters * 1.2 || Math.abs(one.left - left) > (one.long + long) / 2;
    if (inside && shown.every(clear)) shown.push({ left, top, long, name });
  }
  return shown.map((one) => svg("text", { x: one.left, y: one.top, "font-size": letters }, one.name));
}

const boxAround = (lat, lon, width) => ({
  x: x(lon) - width / 2,
  y: y(lat) - (width * TALL) / 2,
  width,
  height: width * TALL,
});

const viewBox = (box) => `${box.x} ${box.y} ${box.width} ${box.height}`;

/** The surroundings of one point, about 2.4 km across. */
export function placeMap(lat, lon) {
  const height = NEAR * 0.56;
  // The pin stands a little below the middle, for it is tall.
  const box = { x: x(lon) - NEAR / 2, y: y(lat) - height * 0.6, width: NEAR, height };
  const label = say("map_of", { place: written(lat, lon) });
  return svg(
    "svg",
    { viewBox: viewBox(box), class: "map", role: "img", "aria-label": label },
    ...ground(),
    ...names(box, NEAR * 0.056),
    pin(lat, lon, 0.7, "there"),
  );
}

/** A map to click on; arrow keys move the pin too, and it can be seen from nearer and farther. `onMove(lat, lon)` is
 * called with every new place. */
export function chooseOnMap(home, onMove) {
  const at = { ...home };
  const whole = Math.max(x(town.east), y(town.south) / TALL);
  let box = null;
  const label = say("map_choose");
  const picture = svg("svg", { class: "map choose", role: "application", tabindex: 0, "aria-label": label }, ...ground());
  const over = svg("g");
  picture.append(over);
  const shown = el("output", { class: "coordinates" });
  const draw = () => {
    picture.setAttribute("viewBox", viewBox(box));
    const own = svg("circle", { cx: x(home.lon), cy: y(home.lat), r: box.width * 0.013, class: "own" });
    own.setAttribute("stroke-width", box.width * 0.005);
    over.replaceChildren(...names(box, box.width * LETTER), own, pin(at.lat, at.lon, box.width * 0.0016, "chosen"));
  };
  const look = (width) => {
    box = width >= whole ? { x: 0, y: 0, width: whole, height: whole * TALL } : boxAround(at.lat, at.lon, width);
    draw();
  };
  const move = (lat, lon) => {
    Object.assign(at, { lat, lon });
    shown.textContent = written(lat, lon);
    const [left, top] = [(x(lon) - box.x) / box.width, (y(lat) - box.y) / box.height];
    const atEdge = Math.min(left, top, 1 - left, 1 - top) < EDGE;
    if (atEdge && box.width < whole) look(box.width);
    else draw();
    onMove(lat, lon);
  };
  picture.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    move(town.north - point.y / UNITS_NORTH, town.west + point.x / UNITS_EAST);
  });
  picture.addEventListener("keydown", (event) => {
    const way = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    move(at.lat + way[0] * STEP_DEGREES, at.lon + way[1] * STEP_DEGREES);
  });
  const closer = textButton(say("map_closer"), "map-closer", () => look(Math.max(CLOSEST, box.width / ZOOM)));
  const farther = textButton(say("map_farther"), "map-farther", () => look(Math.min(whole, box.width * ZOOM)));
  look(Math.min(whole, FIRST_LOOK));
  move(home.lat, home.lon);
  return el("div", { class: "map-choice" }, picture, el("div", { class: "map-tools" }, shown, closer, farther));
}
