import { and, eq, isNull, ne } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { newId } from "@/db/columns";
import { sessions, throttles, users } from "@/db/schema";
import { demoPassword as password } from "@/db/seed/cast";
import { changePassword } from "@/lib/account/commands";
import { hashPassword } from "@/lib/auth/password-queue";
import { createContext } from "@/lib/context";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInFailure } from "@/lib/sign-in/sign-in-failure";
import { as, asNobody, makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, tell } from "@/lib/testing/thorough";

const often = rounds(20, 200);
const [here, there] = twoProcesses("sign_in_races");
let hash = "";

beforeAll(async () => {
  await loadPreset(here);
  hash = await hashPassword(password);
});

test("S4: guesses side by side count one by one, and lock once", async () => {
  const eve = await makeUser(here, { username: "eve", hash });
  const guesses = Array.from({ length: 12 }, (_, guess) =>
    signIn(asNobody(guess % 2 ? here : there), { name: "eve", password: `${guess}` }),
  );
  for (const result of await Promise.allSettled(guesses)) expect(result.status).toBe("rejected");
  const [row] = await here.select().from(users).where(eq(users.id, eve.id));
  expect(row).toMatchObject({ lockouts: 1, failedSignIns: 0 });
  expect(row?.lockedUntil).not.toBeNull();
  await expect(signIn(asNobody(here), { name: "eve", password })).rejects.toThrow(signInFailure);
});

test(`S10: a sign-in with the old password never outlives its change, ${often} rounds`, async () => {
  const lee = await makeUser(here, { username: "lee", hash });
  const own = newId();
  const endsAt = new Date(Date.now() + 86_400_000);
  await here.insert(sessions).values({ id: own, userId: lee.id, address: "10.0.0.1", agent: "Firefox", endsAt });
  const ctx = createContext(here, { ...(await as(here, lee)).actor, sessionId: own });
  const words = [password, "seven lanterns over the harbour"];
  for (let round = 0; round < often; round++) {
    const [old, next] = [words[round % 2]!, words[(round + 1) % 2]!];
    // Else an address that was wrong too often is refused, and nobody races.
    await here.delete(throttles);
    const [changed] = await Promise.allSettled([
      changePassword(ctx, { currentPassword: old, newPassword: next, confirmPassword: next }),
      signIn(asNobody(there), { name: "lee", password: old }),
      signIn(asNobody(there), { name: "lee", password: old }),
    ]);
    expect(changed.status).toBe("fulfilled");
    const alive = await here
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, lee.id), ne(sessions.id, own), isNull(sessions.endedAt)));
    expect(alive).toEqual([]);
    await here.update(users).set({ failedSignIns: 0 }).where(eq(users.id, lee.id));
  }
  tell("sign-ins beside a change of the password", { rounds: often });
}, 600_000);
