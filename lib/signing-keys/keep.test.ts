import { eq } from "drizzle-orm";
import { calculateJwkThumbprint, importJWK, jwtVerify, SignJWT } from "jose";
import { expect, test } from "vitest";
import type { Db } from "@/db/client";
import { signingKeys } from "@/db/schema";
import { keepSigningKeys, nextStart } from "@/lib/signing-keys/keep";
import { publishedAfter, publishedBefore, signsFor } from "@/lib/signing-keys/lifetime";
import { publishedKeys, signingKey, verifyingKey } from "@/lib/signing-keys/published";
import { asNobody } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";

const [here, there] = twoProcesses("signing_keys");
const now = new Date("2026-11-29T09:00:00Z");
const after = (ms: number) => new Date(now.getTime() + ms);
const reads = (db: Db) => asNobody(db).db;
/** As a process that has read nothing yet. */
const afresh = (db: Db) => Object.create(reads(db)) as ReturnType<typeof reads>;

const stored = () => here.select().from(signingKeys).orderBy(signingKeys.signsFrom);

test.each([
  ["there is none", null, now],
  ["the newest signs for long", after(-signsFor / 2), null],
  ["its time ends in a day", after(publishedBefore - signsFor), after(publishedBefore)],
  ["its time ended while nobody looked", after(-3 * signsFor), after(publishedBefore)],
])("when %s, the next one signs from %s to %s", (_, newest, next) => {
  expect(nextStart(newest, now)).toEqual(next);
});

test("of many processes that start at once, one makes the first key, and all sign and check by it", async () => {
  await here.delete(signingKeys);
  await Promise.all([here, there, here, there].map((db) => keepSigningKeys(db, now)));
  const [key, ...more] = await stored();
  expect(more).toEqual([]);
  expect(key).toMatchObject({ signsFrom: now, publicKey: { kty: "EC", crv: "P-256" } });
  expect(key!.id).toBe(await calculateJwkThumbprint(key!.publicKey));
  for (const db of [here, there]) expect((await signingKey(reads(db), now)).id).toBe(key!.id);
});

test("the private half is stored only encrypted", async () => {
  await keepSigningKeys(here, now);
  const [key] = await stored();
  expect(Object.keys(key!.publicKey).toSorted()).toEqual(["crv", "kty", "x", "y"]);
  expect(key!.sealed).toMatch(/^v1\./);
  expect(JSON.stringify(await publishedKeys(reads(here)))).not.toMatch(/"d"|sealed|v1\./);
});

test("a key is published a day before it signs, and until what it signed has ended", async () => {
  await here.delete(signingKeys);
  await keepSigningKeys(here, now);
  const [first] = await stored();

  const early = after(signsFor - publishedBefore - 1);
  await keepSigningKeys(here, early);
  expect(await stored()).toHaveLength(1);

  const due = after(signsFor - publishedBefore);
  await Promise.all([keepSigningKeys(here, due), keepSigningKeys(there, due)]);
  const [, second, ...more] = await stored();
  expect(more).toEqual([]);
  expect(second!.signsFrom).toEqual(after(signsFor));

  const fresh = afresh(there);
  expect((await publishedKeys(fresh)).map(({ kid }) => kid)).toEqual([first!.id, second!.id]);
  expect((await signingKey(fresh, after(signsFor - 1))).id).toBe(first!.id);
  expect((await signingKey(fresh, after(signsFor))).id).toBe(second!.id);

  await keepSigningKeys(here, after(signsFor + publishedAfter - 1));
  expect(await stored()).toHaveLength(2);
  await keepSigningKeys(here, after(signsFor + publishedAfter));
  expect((await stored()).map(({ id }) => id)).toEqual([second!.id]);
});

test("a key that this process has not heard of is looked for, and one that was dropped is not known", async () => {
  await here.delete(signingKeys);
  await keepSigningKeys(here, now);
  const [first] = await stored();
  const fresh = afresh(here);
  expect(await verifyingKey(fresh, first!.id)).not.toBeNull();
  expect(await verifyingKey(fresh, "nobody's")).toBeNull();
  await here.delete(signingKeys).where(eq(signingKeys.id, first!.id));
  expect(await verifyingKey(afresh(here), first!.id)).toBeNull();
});

test("before there is a key, nothing is signed", async () => {
  await here.delete(signingKeys);
  await expect(signingKey(afresh(here), now)).rejects.toMatchObject({ code: "unavailable" });
});

test("what is published checks what is signed", async () => {
  await keepSigningKeys(here, now);
  const fresh = afresh(here);
  const { id, key } = await signingKey(fresh, now);
  const token = await new SignJWT({}).setProtectedHeader({ alg: "ES256" }).sign(key);
  const published = (await publishedKeys(fresh)).find(({ kid }) => kid === id);
  await expect(jwtVerify(token, await importJWK(published!))).resolves.toBeTruthy();
});
