import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "@/lib/platform/env";

/**
 * What must be read again, such as a mail that waits or the secret of an authenticator app, is encrypted with AES-256-GCM
 * (NIST SP 800-38D) under GATEHOUSE_ENCRYPTION_KEY. `purpose` is bound to it: a text encrypted for one thing cannot be decrypted as another.
 */
export function encrypt(purpose: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key(), iv).setAAD(Buffer.from(purpose));
  const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString("base64url")}`;
}

/** Throws for a text that was changed, or encrypted for something else or under another key. */
export function decrypt(purpose: string, encrypted: string): string {
  const bytes = Buffer.from(encrypted.replace(/^v1\./, ""), "base64url");
  const opener = createDecipheriv("aes-256-gcm", key(), bytes.subarray(0, 12))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString("utf8");
}

const key = () => Buffer.from(env().GATEHOUSE_ENCRYPTION_KEY, "base64");
