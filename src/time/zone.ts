/** Words -> an IANA time zone, or the nearest ones. Abbreviations are never guessed: EST is many places' time. */
import { quote, TutorError } from "../core/errors.ts";
import { distance } from "../library/words.ts";

export type ZoneFound =
  | { readonly kind: "zone"; readonly zone: string }
  | { readonly kind: "unknown"; readonly near: readonly string[] };

const MOST = 3;

/** Abbreviations: what was probably meant, the most common first. */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  est: ["America/New_York", "America/Toronto", "Australia/Sydney"],
  edt: ["America/New_York", "America/Toronto"],
  et: ["America/New_York", "America/Toronto"],
  eastern: ["America/New_York", "America/Toronto", "Australia/Sydney"],
  cst: ["America/Chicago", "Asia/Shanghai", "America/Mexico_City"],
  cdt: ["America/Chicago", "America/Winnipeg"],
  ct: ["America/Chicago", "America/Winnipeg"],
  central: ["America/Chicago", "America/Winnipeg"],
  mst: ["America/Denver", "America/Phoenix"],
  mdt: ["America/Denver", "America/Edmonton"],
  mountain: ["America/Denver", "America/Phoenix"],
  pst: ["America/Los_Angeles", "America/Vancouver", "Asia/Manila"],
  pdt: ["America/Los_Angeles", "America/Vancouver"],
  pt: ["America/Los_Angeles", "America/Vancouver"],
  pacific: ["America/Los_Angeles", "America/Vancouver", "Pacific/Auckland"],
  bst: ["Europe/London", "Asia/Dhaka"],
  wet: ["Europe/Lisbon", "Atlantic/Canary"],
  cet: ["Europe/Berlin", "Europe/Paris", "Europe/Madrid"],
  cest: ["Europe/Berlin", "Europe/Paris", "Europe/Madrid"],
  eet: ["Europe/Helsinki", "Europe/Kyiv", "Europe/Athens"],
  eest: ["Europe/Helsinki", "Europe/Kyiv", "Europe/Athens"],
  msk: ["Europe/Moscow"],
  ist: ["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"],
  sgt: ["Asia/Singapore"],
  hkt: ["Asia/Hong_Kong"],
  jst: ["Asia/Tokyo"],
  kst: ["Asia/Seoul"],
  aest: ["Australia/Sydney", "Australia/Brisbane"],
  aedt: ["Australia/Sydney", "Australia/Melbourne"],
  acst: ["Australia/Adelaide", "Australia/Darwin"],
  awst: ["Australia/Perth"],
  nzst: ["Pacific/Auckland"],
};

/** Countries of one zone, cities without a zone of their own, and cities that were renamed. */
const PLACES: Readonly<Record<string, string>> = {
  uk: "Europe/London",
  england: "Europe/London",
  germany: "Europe/Berlin",
  france: "Europe/Paris",
  spain: "Europe/Madrid",
  italy: "Europe/Rome",
  netherlands: "Europe/Amsterdam",
  poland: "Europe/Warsaw",
  india: "Asia/Kolkata",
  china: "Asia/Shanghai",
  beijing: "Asia/Shanghai",
  japan: "Asia/Tokyo",
  korea: "Asia/Seoul",
  mumbai: "Asia/Kolkata",
  delhi: "Asia/Kolkata",
  bangalore: "Asia/Kolkata",
  munich: "Europe/Berlin",
  hamburg: "Europe/Berlin",
  frankfurt: "Europe/Berlin",
  barcelona: "Europe/Madrid",
  milan: "Europe/Rome",
  geneva: "Europe/Zurich",
  "san francisco": "America/Los_Angeles",
  seattle: "America/Los_Angeles",
  boston: "America/New_York",
  washington: "America/New_York",
  miami: "America/New_York",
  austin: "America/Chicago",
  dallas: "America/Chicago",
  houston: "America/Chicago",
  montreal: "America/Toronto",
  rio: "America/Sao_Paulo",
  kolkata: "Asia/Kolkata",
  kyiv: "Europe/Kyiv",
  kathmandu: "Asia/Kathmandu",
  yangon: "Asia/Yangon",
  "ho chi minh city": "Asia/Ho_Chi_Minh",
  hanoi: "Asia/Ho_Chi_Minh",
  "buenos aires": "America/Argentina/Buenos_Aires",
};

const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[_\s-]+/g, " ")
    .trim();

interface Names {
  readonly all: readonly string[];
  readonly byName: ReadonlyMap<string, string>;
  readonly byCity: ReadonlyMap<string, string>;
}

let names: Names | undefined;

/** The zones that this Node knows, read once. */
function known(): Names {
  if (names) return names;
  const all = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
  const byCity = new Map<string, string>();
  // A city's own zone comes first in the list; its other listings are older names.
  for (const zone of all) {
    const city = folded(zone.split("/").at(-1) ?? zone);
    if (!byCity.has(city)) byCity.set(city, zone);
  }
  names = { all, byName: new Map(all.map((zone) => [folded(zone), zone])), byCity };
  return names;
}

/** A zone by its name ("Europe/London"), its city ("new york") or, failing both, the nearest of them. */
export function findZone(said: string): ZoneFound {
  const { byName, byCity } = known();
  const name = folded(said);
  if (/^(?:utc|gmt|z|etc utc|zulu)$/.test(name)) return { kind: "zone", zone: "UTC" };
  const exact =
    asNamed(said) ?? byName.get(name) ?? (Object.hasOwn(PLACES, name) ? PLACES[name] : undefined) ?? byCity.get(name);
  if (exact) return { kind: "zone", zone: exact };
  // Asked about rather than guessed: an abbreviation's offset ignores summer time.
  const meant = Object.hasOwn(ABBREVIATIONS, name) ? ABBREVIATIONS[name] : undefined;
  return { kind: "unknown", near: meant ? meant.slice(0, MOST) : nearest(name) };
}

/** A zone that stands alone in what was said; an unknown one is refused with the nearest. */
export function readZone(said: string): string {
  const found = findZone(said);
  if (found.kind === "zone") return found.zone;
  throw new TutorError("learner", `I do not know the time zone "${quote(said)}".`, { hint: askZone(found.near) });
}

/** Which zone may have been meant, as a question; the form of a name where nothing is near. */
function askZone(near: readonly string[]): string {
  const names = near.map((zone) => `\`${zone}\``);
  if (!names.length) return "Name it as continent and city, such as `Europe/London`.";
  return `Did you mean ${names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : names[0]}?`;
}

/** Of two names for one zone, such as Asia/Kolkata and Asia/Calcutta, the one that was said. */
function asNamed(said: string): string | undefined {
  if (!/^[A-Za-z]+\/[A-Za-z0-9_+/-]{2,40}$/.test(said)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(said).timeZoneId;
  } catch {
    return undefined;
  }
}

function nearest(name: string): readonly string[] {
  const { all, byCity } = known();
  const limit = name.length < 5 ? 1 : name.length < 9 ? 2 : 3;
  const city = name.split("/").at(-1) ?? name;
  const close = [...byCity].flatMap(([known, zone]) => {
    const edits = Math.min(distance(city, known, limit), distance(name, folded(zone), limit));
    return edits <= limit ? [{ zone, edits }] : [];
  });
  const begins = city.length >= 3 ? all.filter((zone) => folded(zone).split("/").at(-1)?.startsWith(city)) : [];
  const best = Math.min(...close.map(({ edits }) => edits));
  const sorted = close
    .filter(({ edits }) => edits <= best + 1)
    .sort((a, b) => a.edits - b.edits)
    .map(({ zone }) => zone);
  return [...new Set([...sorted, ...begins])].slice(0, MOST);
}

/** Completions while a zone is being typed. */
export function suggestZones(typed: string): readonly string[] {
  const wanted = folded(typed);
  const { all } = known();
  if (!wanted)
    return ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata"];
  const found = findZone(typed);
  const first = found.kind === "zone" ? [found.zone] : found.near;
  return [...new Set([...first, ...all.filter((zone) => folded(zone).includes(wanted))])].slice(0, 20);
}
