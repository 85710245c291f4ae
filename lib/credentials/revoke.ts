import { and, inArray } from "drizzle-orm";
import { links } from "@/db/schema";
import { answerOf, type Decision, notNow, yes } from "@/lib/authz/decision";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import { deregisterClient } from "@/lib/clients/commands";
import type { Ctx } from "@/lib/context";
import { type CredentialKind, kindKeys } from "@/lib/credentials/kinds";
import type { Chosen } from "@/lib/credentials/schema";
import { notFound } from "@/lib/errors";
import { revokeInvitation } from "@/lib/invitations/commands";
import { mayRun } from "@/lib/kernel/ask";
import type { Command } from "@/lib/kernel/command";
import { runAll } from "@/lib/kernel/run-all";
import { openLinks } from "@/lib/links/queries";
import { revokeResetLink } from "@/lib/passwords/commands/revoke-link";
import { endSession } from "@/lib/sessions/commands";
import { revokeAccessToken } from "@/lib/tokens/commands";

/** What ends one of each kind: the command of its own page. Links are ended by whose they are. */
const endings: Record<CredentialKind, Command<typeof endSession.input, unknown>> = {
  access_token: revokeAccessToken,
  client: deregisterClient,
  provision_token: deregisterClient,
  session: endSession,
  invitation: revokeInvitation,
  password_reset: revokeResetLink,
};

/** What became, or would become, of one: null, or why it stays. */
export type Revocation = Chosen & { refusal: string | null };

/** Whether the actor could end any credential of somebody else. */
export const mayRevokeSome = (ctx: Ctx): boolean =>
  Object.values(endings).some(({ operation }) => holdsBeyondSelf(ctx.actor.access, operation.key));

/** What "Revoke selected" would end, and what not and why. Changes and logs nothing. */
export async function previewRevocation(ctx: Ctx, chosen: Chosen[]): Promise<Revocation[]> {
  const inputOf = await inputs(ctx, chosen);
  const found: Revocation[] = [];
  for (const one of chosen) {
    const input = inputOf(one);
    const decision = "id" in input ? await mayRun(ctx, endings[one.kind], input) : input;
    found.push({ ...one, refusal: reasonOf(decision) });
  }
  return found;
}

/** Ends each that the actor may end, kind by kind, as its own page would, with the same events. */
export async function revokeCredentials(ctx: Ctx, chosen: Chosen[]): Promise<Revocation[]> {
  const inputOf = await inputs(ctx, chosen);
  const settled: Revocation[] = [];
  for (const kind of kindKeys) {
    const ofKind = chosen.filter((one) => one.kind === kind).map((one) => ({ one, input: inputOf(one) }));
    const begun = ofKind.flatMap(({ one, input }) => ("id" in input ? [{ one, input }] : []));
    const done = await runAll(
      ctx,
      endings[kind],
      begun.map(({ input }) => input),
    );
    const decisions = new Map(begun.map(({ one }, place) => [one, decisionOf(done[place])]));
    settled.push(
      ...ofKind.map(({ one, input }) => ({ ...one, refusal: reasonOf(decisions.get(one) ?? (input as Decision)) })),
    );
  }
  return settled;
}

const reasonOf = (decision: Decision) => (decision.ok ? null : decision.reason);

const decisionOf = (one: Awaited<ReturnType<typeof runAll>>[number] | undefined): Decision =>
  one?.ok ? yes : answerOf(one?.error);

/** What each one's command is given, or why nothing is asked of it. */
async function inputs(ctx: Ctx, chosen: Chosen[]): Promise<(one: Chosen) => { id: string } | Decision> {
  const ids = chosen.flatMap(({ id, kind }) => (kind === "invitation" || kind === "password_reset" ? [id] : []));
  const found =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ id: links.id, kind: links.purpose, userId: links.userId })
          .from(links)
          .where(and(inArray(links.id, ids), openLinks(ctx.now()), within(ctx, "user.read", links.userId)));
  return ({ id, kind }) => {
    if (kind === "session" && id === ctx.actor.sessionId)
      return notNow("This is your current session. Sign out to end it.");
    if (kind !== "invitation" && kind !== "password_reset") return { id };
    const link = found.find((one) => one.id === id.toLowerCase() && one.kind === kind);
    return link ? { id: link.userId } : answerOf(notFound("The link"));
  };
}
