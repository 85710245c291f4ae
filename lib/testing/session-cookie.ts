import type { Db } from "@/db/client";
import { newId } from "@/db/columns";
import { sessions } from "@/db/schema";
import { encryptSessionId } from "@/lib/auth/cookie";

/** Opens a session of an hour for somebody. Returns the value of its cookie. */
export async function openSessionCookie(db: Db, userId: string): Promise<string> {
  const id = newId();
  const endsAt = new Date(Date.now() + 3_600_000);
  await db.insert(sessions).values({ id, userId, address: "::1", agent: "test", endsAt });
  return encryptSessionId(id);
}
