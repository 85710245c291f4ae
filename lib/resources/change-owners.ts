import { and, inArray } from "drizzle-orm";
import { resources } from "@/db/schema";
import { answerOf, type Decision, yes } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { mayRun } from "@/lib/kernel/ask";
import { runAll } from "@/lib/kernel/run-all";
import { updateResource } from "@/lib/resources/commands/update";
import type { ChangeOwners } from "@/lib/resources/schema";
import { resourcesWithin } from "@/lib/resources/scoped";

/** What became, or would become, of one resource: null, or why it keeps its owner. */
export type OwnerChange = { id: string; refusal: string | null };

/** Which of these would get the owner, and which not and why. Changes and logs nothing. */
export async function previewOwners(ctx: Ctx, wanted: ChangeOwners): Promise<OwnerChange[]> {
  const found: OwnerChange[] = [];
  for (const input of await inputsOf(ctx, wanted))
    found.push({ id: input.id, refusal: reasonOf(await mayRun(ctx, updateResource, input)) });
  return found;
}

/** Gives each that the actor may change to the owner, as changing one does, with the same events. */
export async function changeOwners(ctx: Ctx, wanted: ChangeOwners): Promise<OwnerChange[]> {
  const inputs = await inputsOf(ctx, wanted);
  const settled = await runAll(ctx, updateResource, inputs);
  return inputs.map(({ id }, place) => {
    const one = settled[place];
    return { id, refusal: one?.ok ? null : reasonOf(answerOf(one?.error)) };
  });
}

const reasonOf = (decision: Decision = yes) => (decision.ok ? null : decision.reason);

/** What is out of sight is refused by the command, with its event. */
async function inputsOf(ctx: Ctx, { resources: chosen, ownerId }: ChangeOwners) {
  const { id, name, url } = resources;
  const ids = chosen.map((one) => one.id);
  const rows = await ctx.db
    .select({ id, name, url })
    .from(resources)
    .where(and(inArray(id, ids), resourcesWithin(ctx)));
  const seen = new Map(rows.map((row) => [row.id, row]));
  return [...new Map(chosen.map((one) => [one.id.toLowerCase(), one])).values()].map((one) => ({
    ...{ name: "", url: null, ...seen.get(one.id.toLowerCase()) },
    ...one,
    ownerId,
  }));
}
