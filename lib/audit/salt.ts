import { randomBytes } from "node:crypto";

const length = 16;

/** Bytes that are drawn at once, since a draw costs as much as a statement's share of a batch; each is given out once. */
let drawn = Buffer.alloc(0);
let given = 0;

/** 128 random bits in base64url (RFC 4648), for one commitment. */
export function newSalt(): string {
  if (given + length > drawn.length) {
    drawn = randomBytes(256 * length);
    given = 0;
  }
  given += length;
  return drawn.toString("base64url", given - length, given);
}
