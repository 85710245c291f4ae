import { and, eq, isNull, ne } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createDb, type Db } from "@/db/client";
import { newId } from "@/db/columns";
import { migrate } from "@/db/migrate";
import { sessions, users } from "@/db/schema";
import { changePassword } from "@/lib/account/commands";
import { hashPassword } from "@/lib/auth/password-queue";
import { signIn } from "@/lib/auth/sign-in";
import { signInFailure } from "@/lib/auth/sign-in-failure";
import { createContext } from "@/lib/context";
import { as, asNobody, makeUser } from "@/lib/testing/database";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/databases";
import { loadPreset } from "@/lib/testing/presets";

const password = "correct horse battery gatehouse";
let database: TestDatabase;
let db: Db;
let hash = "";

beforeAll(async () => {
  database = await createTestDatabase(inject("databaseUrl"), `gatehouse_test_${process.pid}_sign_in`);
  await migrate(database.url);
  db = createDb(database.url, { max: 8 });
  await loadPreset(db);
  hash = await hashPassword(password);
});

afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

test("S4: guesses side by side count one by one, and lock once", async () => {
  const eve = await makeUser(db, { username: "eve", hash });
  const guesses = Array.from({ length: 12 }, (_, guess) => signIn(asNobody(db), { name: "eve", password: `${guess}` }));
  for (const result of await Promise.allSettled(guesses)) expect(result.status).toBe("rejected");
  const [row] = await db.select().from(users).where(eq(users.id, eve.id));
  expect(row).toMatchObject({ lockouts: 1, failedSignIns: 0 });
  expect(row?.lockedUntil).not.toBeNull();
  await expect(signIn(asNobody(db), { name: "eve", password })).rejects.toThrow(signInFailure);
});

test("S10: a sign-in with the old password never outlives its change, 10 rounds", async () => {
  const lee = await makeUser(db, { username: "lee", hash });
  const own = newId();
  const endsAt = new Date(Date.now() + 86_400_000);
  await db.insert(sessions).values({ id: own, userId: lee.id, address: "10.0.0.1", agent: "Firefox", endsAt });
  const ctx = createContext(db, { ...(await as(db, lee)).actor, sessionId: own });
  const words = [password, "seven lanterns over the harbour"];
  for (let round = 0; round < 10; round++) {
    const [old, next] = [words[round % 2]!, words[(round + 1) % 2]!];
    const [changed] = await Promise.allSettled([
      changePassword(ctx, { currentPassword: old, newPassword: next, confirmPassword: next }),
      signIn(asNobody(db), { name: "lee", password: old }),
      signIn(asNobody(db), { name: "lee", password: old }),
    ]);
    expect(changed.status).toBe("fulfilled");
    const alive = await db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, lee.id), ne(sessions.id, own), isNull(sessions.endedAt)));
    expect(alive).toEqual([]);
    await db.update(users).set({ failedSignIns: 0 }).where(eq(users.id, lee.id));
  }
});
