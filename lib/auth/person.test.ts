import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/columns";
import { sessions, userRoles, users } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { company, refused } from "@/lib/testing/company";
import { rolledBack } from "@/lib/testing/database";

const now = new Date();

test("a person's access is read again as it is in the transaction", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const access = await loadAccess(tx, ada.id, now);
    const actor = personActor({ id: ada.id, sessionId: null, access });
    await tx.delete(userRoles).where(eq(userRoles.userId, ada.id));
    const renewed = await actor.renew(tx, now);
    expect(holdsBeyondSelf(access, "user.purge")).toBe(true);
    expect(holdsBeyondSelf(renewed, "user.purge")).toBe(false);
    await tx.update(users).set({ status: "disabled" }).where(eq(users.id, ada.id));
    await expect(actor.renew(tx, now)).rejects.toEqual(refused("unauthenticated", /no longer active/));
  }));

test("an actor at a session is refused once that one is over, and a copy at another session by that one", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const access = await loadAccess(tx, ada.id, now);
    const open = async (endedAt: Date | null) => {
      const id = newId();
      const endsAt = new Date(now.getTime() + 86_400_000);
      await tx.insert(sessions).values({ id, userId: ada.id, address: "::1", agent: "test", endsAt, endedAt });
      return id;
    };
    const [sessionId, over] = [await open(null), await open(now)];
    const actor = personActor({ id: ada.id, sessionId, access });
    expect((await actor.renew(tx, now)).personId).toBe(ada.id);
    await expect({ ...actor, sessionId: over }.renew(tx, now)).rejects.toEqual(refused("unauthenticated", /has ended/));
    expect((await { ...actor, sessionId: null }.renew(tx, now)).personId).toBe(ada.id);
  }));
