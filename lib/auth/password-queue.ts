import { hash as argonHash, verify as argonVerify } from "@node-rs/argon2";
import { createQueue } from "@/lib/capacity/queue";

/**
 * Argon2id (RFC 9106), at most two at a time with a bounded queue: a flood of sign-ins waits and is then refused with
 * 429, and never stops the server from answering other requests (S3).
 */
export const argonParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const { isFull, inTurn } = createQueue("passwords", {
  atOnce: 2,
  mostWaiting: 64,
  full: "Too many people are signing in right now. Try again in a few seconds.",
  retryAfter: 3,
});

export const isQueueFull = isFull;

/** NFC first, so that one password typed on two systems is one password (S2). */
const normal = (password: string) => password.normalize("NFC");

export const hashPassword = (password: string) => inTurn(() => argonHash(normal(password), argonParameters));

export const verifyPassword = (hash: string, password: string) => inTurn(() => argonVerify(hash, normal(password)));

/** Spends exactly the time of a real verification, for names that nobody has and accounts that are locked (S1). */
export async function verifyNothing(password: string): Promise<false> {
  await verifyPassword(nobodysHash, password);
  return false;
}

const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$Z2F0ZWhvdXNlLW5vYm9keQ$FqRk3nqPC1oXzB1tUnVtZ0eJ6C2uYkqSDL1dUo3Jm3Q";

/** True when a hash was made with other parameters than today's: it is raised at the next sign-in. */
export const isOutdated = (hash: string) =>
  !hash.includes(`$m=${argonParameters.memoryCost},t=${argonParameters.timeCost},p=${argonParameters.parallelism}$`);
