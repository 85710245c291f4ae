import { createHash, randomBytes } from "node:crypto";

/** 256 random bits in base64url (RFC 4648); at rest there is only their SHA-256 (S6). */
export const newToken = () => randomBytes(32).toString("base64url");

export const hashToken = (token: string) => createHash("sha256").update(token).digest("hex");

const shape = /^[\w-]{43}$/;

/** Whether a text can be a token at all; nothing else is looked for. */
export const isToken = (text: string) => shape.test(text);
