// Opus from WebM to Ogg: Chromium records only the first, Telegram's voice messages are the second.
// Formats: RFC 3533 (Ogg), RFC 7845 (Opus in Ogg), RFC 8794 and the Matroska element ids (WebM).

const CLUSTER = 0x1f43b675;
const SEGMENT = 0x18538067;
const BLOCK_GROUP = 0xa0;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
const PARENTS = new Set([SEGMENT, CLUSTER, BLOCK_GROUP, TRACKS, TRACK_ENTRY]);
const BLOCK_HEAD_BYTES = 4;
const SERIAL = 1;
const FIRST = 2;
const LAST = 4;
const MOST_LACES = 255;
const CRC_POLYNOMIAL = 0x04c11db7;

/** Returns the same sound as an audio/ogg blob. */
export function oggFromWebm(buffer) {
  const found = { head: null, packets: [] };
  readElements(new Uint8Array(buffer), 0, buffer.byteLength, found);
  const pages = [page(found.head, 0n, 0, FIRST), page(tags(), 0n, 1, 0)];
  let granule = 0n;
  for (const [i, packet] of found.packets.entries()) {
    granule += BigInt(samples(packet));
    pages.push(page(packet, granule, i + 2, i === found.packets.length - 1 ? LAST : 0));
  }
  return new Blob(pages, { type: "audio/ogg" });
}

function readElements(data, from, to, found) {
  let at = from;
  while (at < to) {
    const [id, afterId] = number(data, at, true);
    const [size, start] = number(data, afterId, false);
    // A live recording leaves the sizes of its segment and clusters open: they go on to the end.
    const end = size === null ? to : Math.min(start + size, to);
    if (PARENTS.has(id)) readElements(data, start, end, found);
    else if (id === CODEC_PRIVATE) found.head = data.slice(start, end);
    else if (id === SIMPLE_BLOCK || id === BLOCK) found.packets.push(data.slice(start + BLOCK_HEAD_BYTES, end));
    at = end;
  }
}

/** A number of EBML: its first set bit tells its length. All ones means "unknown size". */
function number(data, at, keepMark) {
  const length = Math.clz32(data[at]) - 23;
  let value = keepMark ? data[at] : data[at] & (0xff >> length);
  let open = (data[at] | (0xff00 >> length)) % 256 === 0xff;
  for (let i = 1; i < length; i += 1) {
    value = value * 256 + data[at + i];
    open &&= data[at + i] === 0xff;
  }
  return [open && !keepMark ? null : value, at + length];
}

/** How many samples at 48 kHz a packet holds, by its first byte (RFC 6716, 3.1). */
function samples(packet) {
  const config = packet[0] >> 3;
  const silk = [480, 960, 1920, 2880];
  const frame =
    config < 12 ? silk[config % 4] : config < 16 ? [480, 960][config % 2] : [120, 240, 480, 960][config % 4];
  const code = packet[0] & 3;
  const frames = code === 0 ? 1 : code === 3 ? packet[1] & 0x3f : 2;
  return frame * frames;
}

function tags() {
  const vendor = new TextEncoder().encode("sandbox");
  const out = new Uint8Array(16 + vendor.length);
  out.set(new TextEncoder().encode("OpusTags"));
  new DataView(out.buffer).setUint32(8, vendor.length, true);
  out.set(vendor, 12);
  return out;
}

function page(packet, granule, sequence, flags) {
  const full = Math.floor(packet.length / MOST_LACES);
  const out = new Uint8Array(27 + full + 1 + packet.length);
  const view = new DataView(out.buffer);
  out.set(new TextEncoder().encode("OggS"));
  out[5] = flags;
  view.setBigUint64(6, granule, true);
  view.setUint32(14, SERIAL, true);
  view.setUint32(18, sequence, true);
  out[26] = full + 1;
  out.fill(MOST_LACES, 27, 27 + full);
  out[27 + full] = packet.length % MOST_LACES;
  out.set(packet, 28 + full);
  view.setUint32(22, checksum(out), true);
  return out;
}

function checksum(data) {
  let crc = 0;
  for (const byte of data) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ CRC_POLYNOMIAL : crc << 1;
  }
  return crc >>> 0;
}
