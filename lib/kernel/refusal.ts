import { type EventDraft, recordEvent } from "@/lib/audit/record";
import { reasonInLog } from "@/lib/audit/words";
import { type Ctx, refusalDoorOf } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { targetKindOf } from "@/lib/kernel/operation";
import type { Named } from "@/lib/kernel/steps";
import type { OperationKey } from "@/lib/operations";
import { faultOf, log } from "@/lib/platform/log";
import { sharing } from "@/lib/platform/together";
import { unavailableOf } from "@/lib/platform/unavailable";

export type Refused = { target: Named; error: unknown };

/** Writes the events of uses that were refused or failed, in a transaction of their own; those that leave an event, in their order. */
export async function recordRefusals(ctx: Ctx, operation: OperationKey, refused: Refused[]): Promise<void> {
  const told = refused.filter(({ error }) => !isUntold(error));
  if (told.length === 0) return;
  const written = refusalDoorOf(ctx).transaction((tx) => {
    const view = sharing(tx);
    return Promise.all(told.map((one) => recordEvent(ctx, view(), refusalOf(operation, one))));
  });
  await written.catch((fault) =>
    log.error({ operation, requestId: ctx.source.requestId, fault: faultOf(fault) }, "events not written"),
  );
}

/**
 * Who one is, is asked and answered before anything was decided (S8). Where the database is not available no event can be
 * written, and after a loss at the end of the change one of a failure may be untrue.
 */
const isUntold = (error: unknown) =>
  (error instanceof AppError && (error.code === "stale" || error.untold === true)) || unavailableOf(error) !== null;

function refusalOf(operation: OperationKey, { target, error }: Refused): EventDraft {
  const known = error instanceof AppError;
  return {
    operation,
    outcome: known ? "refused" : "failed",
    target: { kind: target.kind ?? targetKindOf(operation), id: target.id, personId: target.person?.id ?? null },
    before: null,
    after: null,
    facts: { ...target.facts, ...(known && { reason: reasonInLog(error.message) }) },
    named: known ? error.named : [],
  };
}
