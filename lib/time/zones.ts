import { isFound } from "@/lib/normalization/search";

/** Time zones by their IANA names. */

/** Names that were found to be zones; asking the runtime costs as much as a statement of the database. */
const known = new Set<string>();

export function isZone(zone: string): boolean {
  if (known.has(zone)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    return false;
  }
  // A name is a zone however its letters are written.
  if (known.size >= 1_000) known.clear();
  known.add(zone);
  return true;
}

/**
 * Zones that V8 (Node 20, Chrome) and ICU 78 name by their former names, with the names of the IANA database today.
 * `Intl.supportedValuesOf("timeZone")` lists the former name only, though both are accepted everywhere.
 */
const renamed: Record<string, string> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

const former = new Map(Object.entries(renamed).map(([old, current]) => [current, old]));

const currentName = (zone: string) => renamed[zone] ?? zone;

/** "Asia/Ho Chi Minh", also for a zone that a browser names "Asia/Saigon". */
export const zoneLabel = (zone: string): string => currentName(zone).replaceAll("_", " ");

/**
 * At most 50 zones whose name, or former name, contains all these words, as "berlin" or "new york"; in the order of the
 * names. The ids are the current names of the IANA database.
 */
export function searchZones(query: string): { id: string; label: string }[] {
  const wanted = query.replace(/[/_]/g, " ");
  const zones = new Set(["UTC", ...Intl.supportedValuesOf("timeZone").map(currentName).toSorted()]);
  return [...zones]
    .filter((zone) => isFound(wanted, `${zone} ${former.get(zone) ?? ""}`.replace(/[/_]/g, " ")))
    .slice(0, 50)
    .map((zone) => ({ id: zone, label: zoneLabel(zone) }));
}
