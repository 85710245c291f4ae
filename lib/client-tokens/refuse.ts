import { countUnknownProof } from "@/lib/audit/unknown-proofs";
import { isFirstInQuarter, throttle } from "@/lib/auth/throttle";
import { problemOf } from "@/lib/client-tokens/problems";
import type { Standing } from "@/lib/client-tokens/standing";
import { clientOperations } from "@/lib/clients/operations";
import type { Ctx } from "@/lib/context";
import type { AppError } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";

/** What is no attempt to get in: a client that waits for its user, and tokens that have run their time. */
const untold = ["paused", "no-token", "token-ended", "disconnected"];

/**
 * Counts a refusal by its address (S4) and logs it: of a known client by an event of its own, the same cause once in a
 * quarter of an hour, since a client that is not looked after asks again and again (L1). Returns what is to be thrown.
 */
export async function refused(ctx: Ctx, standing: Standing | null, error: AppError): Promise<AppError> {
  const problem = problemOf(error);
  if (problem === null || untold.includes(problem)) return error;
  await throttle(ctx, "client.refuse");
  if (!standing) await countUnknownProof(ctx, "client.refuse");
  else if (await isFirstInQuarter(ctx, `client.refuse ${standing.client.id} ${problem}`))
    await refuseClient(ctx, { ...standing, reason: firstSentence(error.message) });
  return error;
}

/** What was wrong; what follows is what would help. */
const firstSentence = (text: string) => /^.+?[.:](?= |$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;

type Refused = Pick<Standing, "client" | "owner"> & { reason: string };

/** The event of a client that was refused. */
export const refuseClient = command(clientOperations["client.refuse"], {
  input: internalInput<Refused>(),
  target: async (_, { client, owner }) => ({
    id: client.id,
    person: { id: client.userId, name: owner.name },
    record: null,
    trace: null,
    facts: { client: client.name },
  }),
  change: async (_, __, { reason }) => ({ value: undefined, after: null, outcome: "refused", facts: { reason } }),
});
