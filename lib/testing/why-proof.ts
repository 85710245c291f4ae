import { expect } from "vitest";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { Draft } from "@/lib/authz/draft";
import { mayMake, type Way, waysOf } from "@/lib/authz/enact";
import { judge } from "@/lib/authz/judge";
import type { Ctx, Person } from "@/lib/context";
import type { Command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";
import { answerOf, type Verdict, yes } from "@/lib/verdict";

/** What somebody who makes a change in this way gets of it, before it is rolled back; or why they are refused. */
export async function tried<T>(
  ctx: Ctx<Person>,
  { command, input }: Way,
  inspect: (tx: Tx) => Promise<T>,
): Promise<{ inspected: T } | { refusal: Verdict }> {
  try {
    const used = command as Command<z.ZodType, unknown>;
    return await run(ctx, used, await input(ctx), { dryRun: true, inspect });
  } catch (error) {
    return { refusal: answerOf(error) };
  }
}

/** Each way of a draft is answered as the command answers whoever tries it. Gives the verdicts of those whom the command was asked for. */
export async function askedAsTried(makers: Ctx<Person>[], draft: Draft): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const way of waysOf(draft.change))
    for (const ctx of makers) {
      if (!(await judge(ctx, ctx.db, way.operation, way.matter)).ok) continue;
      const asked = await mayMake(ctx, way, draft.after);
      const made = await tried(ctx, way, async () => yes);
      const what = `${draft.steps.join("; ")} by ${way.command.key} of ${ctx.actor.id}`;
      expect({ what, verdict: asked }).toEqual({ what, verdict: "refusal" in made ? made.refusal : yes });
      verdicts.push(asked);
    }
  return verdicts;
}
