import type { CDPSession, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { withDatabase } from "./sign-in-as";

/** A device of the browser's own that makes passkeys and verifies its user without asking (Chromium's DevTools). */
export async function virtualAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** The code that an app with this key shows, `steps` of 30 seconds from now. */
export const codeOf = (key: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(key.replace(/\s/g, "")) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Makes a person's sessions as old as if they had proved who they are that many minutes ago (S8). */
export async function staleSession(sessionId: string, minutes = 11): Promise<void> {
  await withDatabase(
    (sql) => sql`update sessions set verified_at = now() - ${minutes} * interval '1 minute' where id = ${sessionId}`,
  );
}
