import { cookies } from "next/headers";
import { currentSession } from "@/lib/auth/current";
import { isZone } from "@/lib/time/zones";

/** The zone that the person has chosen, else the one that their browser set in a cookie; UTC until it has. */
export async function currentZone(): Promise<string> {
  const chosen = (await currentSession())?.user.timeZone;
  if (chosen && isZone(chosen)) return chosen;
  const zone = (await cookies()).get("tz")?.value;
  return zone && isZone(zone) ? zone : "UTC";
}
