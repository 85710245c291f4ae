import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { users } from "@/db/schema";
import type { SessionRow } from "@/lib/auth/session";
import { isInForce, standingColumns, statusAt } from "@/lib/authz/account-status";
import { evaluate, noRelation } from "@/lib/authz/evaluate";
import { seenBy } from "@/lib/authz/limit";
import { loadAccesses } from "@/lib/authz/load";
import type { Access } from "@/lib/authz/model";
import type { Viewing } from "@/lib/authz/viewing";
import type { Reads } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";

/** A view in force: as whom, and what that person holds that its viewer may look at. */
export type View = { viewing: Viewing; access: Access };

/**
 * As whom a session views the console now, decided again for each request. Null: as its own person. "over": it has begun a view,
 * and time has ended that, or the viewer may not view as this person any more, or that person's account is not in force.
 */
export async function viewOf(
  db: Reads | Db,
  { viewing, user }: Pick<SessionRow, "viewing" | "user">,
  now: Date,
): Promise<View | "over" | null> {
  if (!viewing) return null;
  const { personId, until } = viewing;
  if (until <= now) return "over";
  const [person] = await db
    .select({ firstName: users.firstName, lastName: users.lastName, ...standingColumns })
    .from(users)
    .where(eq(users.id, personId));
  if (!person || !isInForce(statusAt(person, now))) return "over";
  const { of } = await loadAccesses(db, [user.id, personId], now);
  const name = fullName(person);
  const theirs = of(personId);
  const asked = { relation: noRelation, person: { id: personId, name }, theirs };
  const own = of(user.id);
  if (!evaluate(own, "user.view_as", asked).decision.ok) return "over";
  return { viewing: { personId, name, until }, access: seenBy(own, theirs) };
}

/** For what is asked from a page of a view that has ended by itself: it was meant for the view, so nothing is done. */
export const viewIsOver = () =>
  new AppError("precondition", "You're not viewing as somebody else any more. Reload the page.", { untold: true });
