import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { ActorKind, Outcome, TargetKind } from "@/db/enums";
import { keptBuilt } from "@/db/kept";
import { recordsetInsert, recordsetOf, recordsetSelect } from "@/db/recordset";
import type { EventValue } from "@/db/schema";
import { events, eventValues } from "@/db/schema";
import { diff } from "@/lib/audit/diff";
import { newSalt } from "@/lib/audit/salt";
import type { Ctx, Source } from "@/lib/context";
import type { OperationKey } from "@/lib/operations";
import { together } from "@/lib/platform/together";

/** Auditable fields of a thing, by the names that people know. Never a secret: say "set", not what. */
export type Trace = Record<string, string | number | boolean | null | undefined | string[]>;

export type EventDraft = {
  /** One that was announced already (lib/audit/raise.ts). */
  id?: string;
  operation: OperationKey;
  outcome: Outcome;
  target: { kind: TargetKind; id: string | null; personId: string | null };
  before: Trace | null;
  after: Trace | null;
  /** What else the sentence needs: a name, a reason, a count. */
  facts?: Trace;
  /** Ids of people whom `facts.reason` names beside the target's person: a purge erases it by them (U14). */
  named?: string[];
};

/**
 * Writes one event and its values (L1, L4): of a change in its transaction (`lib/kernel/apply.ts`), of a refusal in one of its own
 * (`lib/kernel/refusal.ts`), of unknown proofs by their count (`lib/audit/unknown-proofs.ts`).
 */
export async function recordEvent(ctx: Ctx, tx: Tx, draft: EventDraft): Promise<string> {
  const rows = eventRows(ctx, draft);
  await insertTogether(tx, rows);
  return rows.event.id;
}

const insertTogether = together<ReturnType<typeof eventRows>, void>(async (tx, made) => {
  const told = made.map(({ event }) => event);
  const values = made.flatMap((rows) => rows.kept ?? []);
  await insertBoth(tx, { told: recordsetOf(events, told), values: recordsetOf(eventValues, values) });
  return made.map(() => undefined);
});

const insertBoth = keptBuilt<Tx, { told: string; values: string }, unknown>((tx) =>
  tx
    .with(tx.$with("told", {}).as(recordsetInsert(events, sql.placeholder("told"))))
    .insert(eventValues)
    .select(recordsetSelect(eventValues, sql.placeholder("values"))),
);

/** Who, from where and when, as far as an event records it. */
export type Witness = Pick<Ctx, "source" | "now"> & {
  actor: {
    kind: ActorKind;
    id?: string | null;
    sessionId?: string | null;
    tokenId?: string;
    tokenName?: string;
    tokenMaker?: string | null;
    accountName?: string;
  };
};

/** The rows of one event: itself with its commitments, and the values that these commit to. */
export function eventRows({ actor, source, now }: Witness, draft: EventDraft) {
  const values = eventValuesOf(source, draft, actor);
  const commitments = Object.fromEntries(Object.entries(values).map(([path, kept]) => [path, commit(path, kept)]));
  const id = draft.id ?? newId();
  const at = now();
  const event = {
    id,
    at,
    actorKind: actor.kind,
    actorId: actor.id ?? null,
    sessionId: actor.sessionId ?? null,
    tokenId: actor.tokenId ?? null,
    operation: draft.operation,
    outcome: draft.outcome,
    targetKind: draft.target.kind,
    targetId: draft.target.id,
    personId: draft.target.personId,
    requestId: source.requestId,
    namedIds: [...new Set(draft.named)],
    commitments,
  };
  return { event, kept: Object.keys(values).length > 0 ? { eventId: id, at, values } : null };
}

/** Paths: `change.<field>` is [old, new]; `fact.<name>`; `token` and `account`, by name; `maker` of the token; `address`; `agent`. */
function eventValuesOf(
  source: Source,
  draft: EventDraft,
  { tokenName, tokenMaker, accountName }: Witness["actor"],
): Record<string, EventValue> {
  const values: Record<string, EventValue> = {};
  const keep = (path: string, value: unknown) => {
    values[path] = { salt: newSalt(), value };
  };
  for (const [field, change] of Object.entries(diff(draft.before, draft.after))) keep(`change.${field}`, change);
  for (const [name, fact] of Object.entries(draft.facts ?? {})) keep(`fact.${name}`, fact);
  if (tokenName) keep("token", tokenName);
  if (tokenMaker) keep("maker", tokenMaker);
  if (accountName) keep("account", accountName);
  if (source.address) keep("address", source.address);
  if (source.agent) keep("agent", source.agent.slice(0, 300));
  return values;
}

/** SHA-256 over salt, path and the value's JSON, so that an erased value leaves nothing to guess from. */
export const commit = (path: string, { salt, value }: EventValue) =>
  createHash("sha256")
    .update(`${salt}\n${path}\n${JSON.stringify(value)}`)
    .digest("base64url");
