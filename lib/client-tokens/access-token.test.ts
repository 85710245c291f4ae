import { eq } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import type { Tx } from "@/db/client";
import { signingKeys } from "@/db/schema";
import { issueAccessToken, readAccessToken } from "@/lib/client-tokens/access-token";
import type { Ctx } from "@/lib/context";
import { onePerProcess } from "@/lib/platform/one-per-process";
import { keepSigningKeys } from "@/lib/signing-keys/keep";
import { asNobody, rolledBack } from "@/lib/testing/database";

const now = new Date("2026-11-30T12:00:00Z");
const at = (tx: Tx, seconds = 0): Ctx => ({ ...asNobody(tx), now: () => new Date(now.getTime() + seconds * 1000) });
const client = { id: crypto.randomUUID(), tokenEpoch: 3 };

async function issued(tx: Tx) {
  await keepSigningKeys(tx as never, now);
  return issueAccessToken(at(tx), client);
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a token whose signature was checked before ends when it says, to the second", () =>
  rolledBack(async (tx) => {
    const token = await issued(tx);
    for (const seconds of [0, 0, 599])
      expect(await readAccessToken(at(tx, seconds), token)).toMatchObject({ epoch: 3 });
    for (const seconds of [600, 600]) expect(await readAccessToken(at(tx, seconds), token)).toBeNull();
  }));

test("the issuing process knows it without checking its signature, and every other process checks it once", () =>
  rolledBack(async (tx) => {
    const check = vi.spyOn(crypto.subtle, "verify");
    const token = await issued(tx);
    const byItsIssuer = await readAccessToken(at(tx), token);
    expect(byItsIssuer).toMatchObject({ clientId: client.id, epoch: 3 });
    expect(check).toHaveBeenCalledTimes(0);
    onePerProcess("checked access tokens", () => new Map()).clear();
    for (let time = 0; time < 2; time++) expect(await readAccessToken(at(tx), token)).toEqual(byItsIssuer);
    expect(check).toHaveBeenCalledTimes(1);
  }));

test("and it is not read once its key is no longer published, and another text never by what it has in common", () =>
  rolledBack(async (tx) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const token = await issued(tx);
    expect(await readAccessToken(at(tx), token)).toMatchObject({ clientId: client.id });
    const [head, body, signature = ""] = token.split(".");
    for (const text of [`${head}.${body}.${signature.slice(0, -4)}AAAA`, `${head}.${body}.`])
      expect(await readAccessToken(at(tx), text)).toBeNull();
    await tx.delete(signingKeys).where(eq(signingKeys.id, JSON.parse(atob(head ?? "")).kid));
    await keepSigningKeys(tx as never, now);
    vi.advanceTimersByTime(61_000);
    expect(await readAccessToken(at(tx), token)).toBeNull();
  }));
