import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { identities, identityProviders, passwords, sessions } from "@/db/schema";
import { requireProvider } from "@/lib/identity-providers/commands/only";
import { deleteProvider, disableProvider } from "@/lib/identity-providers/commands/state";
import { updateConnection } from "@/lib/identity-providers/commands/update";
import type { CreateProvider } from "@/lib/identity-providers/schema";
import { ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import { signInThrough } from "@/lib/sign-in/providers/sign-in";
import { asNobody, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { hostileCompany, ninaClaims as nina } from "@/lib/testing/hostile-company";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { connectionOf, makeProviders } from "@/lib/testing/identity-providers";

const peer = hostilePeer();

/** Nina is at the provider; `comeBack` is what her browser asks once something has changed here. */
async function stage(tx: Tx, more: Partial<CreateProvider> = {}) {
  const on = await hostileCompany(tx, peer, more);
  const provider = await on.row();
  const { sub: subject } = nina;
  const proof = { issuer: provider.issuer, subject, sid: null, issuedAt: new Date(), idToken: null, claims: nina };
  const comeBack = () => signInThrough(asNobody(tx), provider, { proof, device: null });
  return { ...on, provider, comeBack };
}

describe("somebody who is known, and was at the provider while it", () => {
  test.each(["was disabled", "was changed", "was shut by another that is the only way in"])("%s", (what) =>
    rolledBack(async (tx) => {
      const { ctx, id, row, ada, signIn, comeBack } = await stage(tx);
      expect(await signIn(nina)).toBeNull();
      const before = await tx.$count(sessions);
      if (what === "was disabled") await disableProvider(ctx, { id });
      if (what === "was changed") await updateConnection(ctx, { ...connectionOf(await row()), scopes: ["openid"] });
      if (what.endsWith("only way in")) {
        const { enabled } = await makeProviders(ctx, tx, peer);
        await tx.insert(passwords).values({ userId: ada.id, hash: "x" });
        await requireProvider(ctx, { id: enabled.id });
      }
      await expect(comeBack()).rejects.toEqual(new ProviderRefusal("off"));
      expect(await tx.$count(sessions)).toBe(before);
      expect(await lastEvent(tx)).toMatchObject({ operation: "session.start", outcome: "refused" });
    }),
  );
});

test("a user created beforehand, whose provider is deleted meanwhile, is refused by a word", () =>
  rolledBack(async (tx) => {
    const { ctx, id, comeBack } = await stage(tx, { createsUsers: false });
    await makeUser(tx, { username: "nina", configuration: "northwind", email: nina.email, status: "invited" });
    await deleteProvider(ctx, { id });
    await expect(comeBack()).rejects.toEqual(new ProviderRefusal("again"));
    expect(await tx.$count(identities, eq(identities.subject, nina.sub))).toBe(0);
    expect(await tx.$count(identityProviders)).toBe(0);
  }));
