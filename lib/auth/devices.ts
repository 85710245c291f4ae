import { and, desc, eq, ne, notInArray, type Placeholder, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { given, keptBuilt } from "@/db/kept";
import { devices } from "@/db/schema";
import { hashToken, isOpaqueToken } from "@/lib/platform/token";

/**
 * Devices from which somebody has signed in, each known by a cookie of its own that opens nothing: it only gives that
 * browser its own counter of failures (S4).
 */
const mostKept = 20;

const theirs = sql.placeholder("userId");
const named = sql.placeholder("hash");

export type Device = typeof devices.$inferSelect;

/** The hash of the cookie's value; null when its form is not ours. */
export const deviceHash = (cookie: string | null | undefined): string | null =>
  cookie && isOpaqueToken(cookie) ? hashToken(cookie) : null;

/** Within the lock of its person's row, under which every change of a device is made. */
export async function findDevice(tx: Tx, userId: string, hash: string | null): Promise<Device | null> {
  if (!hash) return null;
  const [device] = await askDevice(tx, { userId, hash });
  return device ?? null;
}

const askDevice = keptBuilt((tx: Tx) => tx.select().from(devices).where(ofPerson(theirs, named)));

export async function saveDevice(tx: Tx, { userId, hash }: Device, columns: Partial<Device>): Promise<void> {
  await tx.update(devices).set(columns).where(ofPerson(userId, hash));
}

/** Knows the device from now on, and forgets its failures. The latest twenty are kept. */
export async function rememberDevice(tx: Tx, userId: string, hash: string, now: Date): Promise<void> {
  await Promise.all([noteDevice(tx, { userId, hash, now }), forgetOldest(tx, { userId, hash })]);
}

const noteDevice = keptBuilt<Tx, { userId: string; hash: string; now: Date }, unknown>((tx) => {
  const fresh = { failedSignIns: 0, lockouts: 0, lockedUntil: null, lastSeenAt: given("now", devices.lastSeenAt) };
  const known = tx.insert(devices).values({ userId: theirs, hash: named, ...fresh });
  return known.onConflictDoUpdate({ target: [devices.userId, devices.hash], set: fresh });
});

const forgetOldest = keptBuilt<Tx, { userId: string; hash: string }, unknown>((tx) => {
  const others = and(eq(devices.userId, theirs), ne(devices.hash, named));
  const latest = tx
    .select({ hash: devices.hash })
    .from(devices)
    .where(others)
    .orderBy(desc(devices.lastSeenAt))
    .limit(mostKept - 1);
  return tx.delete(devices).where(and(others, notInArray(devices.hash, latest)));
});

/** Forgets the failures of every device of a person. */
export async function forgetDeviceFailures(tx: Tx, userId: string): Promise<void> {
  await tx.update(devices).set({ failedSignIns: 0, lockouts: 0, lockedUntil: null }).where(eq(devices.userId, userId));
}

const ofPerson = (userId: string | Placeholder, hash: string | Placeholder) =>
  and(eq(devices.userId, userId), eq(devices.hash, hash));
