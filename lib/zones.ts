import { isFound } from "@/lib/normalization/search";

/** Time zones by their IANA names. */

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const spoken = (zone: string) => zone.replaceAll("_", " ");

/** At most 50 zones whose name holds all these words, as "berlin" or "new york"; in the order of the names. */
export function searchZones(query: string): { id: string; label: string }[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]
    .filter((zone) => isFound(query.replace(/[/_]/g, " "), zone.replace(/[/_]/g, " ")))
    .slice(0, 50)
    .map((zone) => ({ id: zone, label: spoken(zone) }));
}

export const zoneLabel = spoken;
