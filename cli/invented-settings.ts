import { randomBytes } from "node:crypto";

/** What a process needs that encrypts, signs in and asks providers on this machine, and is no server. */
export function inventSettings(databaseUrl: string): void {
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    GATEHOUSE_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    GATEHOUSE_PRIVATE_ADDRESSES: "127.0.0.1",
  });
}
