import { cookies } from "next/headers";

/** The person's own time zone, as their browser told it in a cookie; UTC until it has. */
export async function currentZone(): Promise<string> {
  const zone = (await cookies()).get("tz")?.value;
  return zone && isZone(zone) ? zone : "UTC";
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
