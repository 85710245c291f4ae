import { and, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { idArray } from "@/db/ids";
import { appOperations, serviceAccounts, users } from "@/db/schema";
import { type Difference, type Line, linesOf } from "@/lib/authz/difference";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { reachesPeople } from "@/lib/authz/grants";
import { wanted } from "@/lib/authz/load";
import type { Scope } from "@/lib/authz/model";
import { within } from "@/lib/authz/relation";
import { previewShare } from "@/lib/capacity/heavy-work";
import type { Ctx } from "@/lib/context";
import type { Command } from "@/lib/kernel/command";
import { fullName } from "@/lib/normalization/names";
import { isOperation, operationOf } from "@/lib/operations";
import { accountsWithin } from "@/lib/people/service-accounts";
import {
  type Affected,
  type Comparison,
  compareAccess,
  countWithBelow,
  everyReacher,
  type ReachScope,
  reachBeyond,
  type Snapshot,
  usedBy,
} from "@/lib/previews/compare";

export type { Affected } from "@/lib/previews/compare";

/** Somebody whom the viewer may see; `opens`: their page as well, which one's own may not. */
type Named = { id: string; name: string; opens: boolean };

/** `scoped`: it can be held at several scopes, so its scope is shown. */
export type PreviewOperation = { operation: string; scope: Scope; sentence: string; scoped: boolean };

/** What the same people gain or lose, with how many they are and the first ten of them whom the viewer may see. */
export type PreviewLine = Omit<Line, "people" | "operations"> & {
  operations: PreviewOperation[];
  count: number;
  people: Named[];
};

/** Somebody who comes to reach people, or reaches them no longer, with what they hold at that scope (R14). */
export type ReachLine = {
  /** Null when the viewer may not see them. */
  person: Named | null;
  scope: ReachScope;
  operations: PreviewOperation[];
  /** How many people they gain or lose reach over; none when they own a group without members. */
  over: number;
};

/** Who gains and who loses what by a change that has not been saved (R9). */
export type AccessPreview = {
  /** People who gain or lose something; `over`: more are concerned than were compared, so there may be more. */
  people: { count: number; over: boolean };
  /** How many people become administrators, are it no longer, or are it and gain or lose something. */
  administrators: { gain: number; lose: number; touched: number };
  gains: PreviewLine[];
  loses: PreviewLine[];
  reach: { gains: ReachLine[]; loses: ReachLine[] };
  /** Service accounts that gain or lose something because their owner or a role of theirs does (T6), shown as people are. */
  accounts: { count: number; over: boolean; gains: PreviewLine[]; loses: PreviewLine[] };
};

/**
 * What a change would do: a dry run of its command, in which everybody concerned is compared before and after. A refusal of the command is thrown, and `rate_limited` to a person who has two under way. Names are given only for people
 * whom the actor may see (R11).
 */
export function previewChange<S extends z.ZodType, V, C extends Ctx>(
  ctx: C,
  command: Command<S, V, C>,
  input: z.output<S>,
  affected: Affected,
): Promise<AccessPreview> {
  const compare = async () => preview(ctx, await compareAccess(ctx, command, input, affected));
  const { personId } = ctx.actor.access;
  return personId === null ? compare() : previewShare.within(personId, compare);
}

async function preview(ctx: Ctx, compared: Comparison): Promise<AccessPreview> {
  const { before, after, people, over } = compared;
  const changed = compared.differences.flatMap((alike) => alike.people);
  const names = await namesInSight(ctx, [
    ...changed,
    ...everyReacher(before.reachers),
    ...everyReacher(after.reachers),
  ]);
  const count = (pick: (id: string) => boolean | undefined, ids = people) => ids.filter(pick).length;
  const was = (id: string) => before.administrators.has(id);
  const is = (id: string) => after.administrators.has(id);
  return {
    people: { count: changed.length, over },
    administrators: {
      gain: count((id) => is(id) && !was(id)),
      lose: count((id) => was(id) && !is(id)),
      touched: count((id) => was(id) || is(id), changed),
    },
    gains: await inWords(ctx, previewLines(compared.differences, "gains", names)),
    loses: await inWords(ctx, previewLines(compared.differences, "loses", names)),
    reach: {
      gains: await inWords(ctx, await reachLines(ctx, after, before, people, names)),
      loses: await inWords(ctx, await reachLines(ctx, before, after, people, names)),
    },
    accounts: await changedAccounts(ctx, compared.accounts),
  };
}

async function changedAccounts(ctx: Ctx, { differences, over }: Comparison["accounts"]) {
  const names = await accountsInSight(
    ctx,
    differences.map(({ id }) => id),
  );
  const alike = differences.map(({ id, difference }) => ({ difference, people: [id] }));
  const linesOn = (side: keyof Difference) => inWords(ctx, previewLines(alike, side, names));
  return { count: differences.length, over, gains: await linesOn("gains"), loses: await linesOn("loses") };
}

/** The same of service accounts, by their names. */
async function accountsInSight(ctx: Ctx, ids: string[]): Promise<Names> {
  if (ids.length === 0) return new Map();
  const { id, name, nameKey } = serviceAccounts;
  const rows = await ctx.db
    .select({ id, name })
    .from(serviceAccounts)
    .where(and(sql`${id} = any(${idArray(ids)})`, accountsWithin(ctx, "service_account.read")))
    .orderBy(nameKey);
  const opens = holdsBeyondSelf(ctx.actor.access, "service_account.read");
  return new Map(rows.map((row) => [row.id, { ...row, opens }]));
}

type Names = Map<string, Named>;

/** The people among these whom the actor may see, or is, in the order of their names. */
async function namesInSight(ctx: Ctx, ids: string[]): Promise<Names> {
  if (ids.length === 0) return new Map();
  const me = ctx.actor.access.personId;
  const inSight = within(ctx, "user.read", users.id);
  const [row] = await ctx.db
    .select({
      found: sql<[string, string, string, boolean][]>`coalesce(
        json_agg(json_build_array(n.id, n.first_name, n.last_name, n.opens) order by n.name_key, n.id), '[]')`,
    })
    .from(
      sql`(with ${wanted(ids)} select users.*, ${inSight} as opens from users
            where users.id in (select id from wanted) and (${inSight} or users.id = ${me})) n`,
    );
  return new Map(
    (row?.found ?? []).map(([id, firstName, lastName, opens]) => [
      id,
      { id, name: fullName({ firstName, lastName }), opens },
    ]),
  );
}

const shown = 10;

function previewLines(differences: Comparison["differences"], side: keyof Difference, names: Names) {
  const lines = linesOf(differences.map(({ difference, people }) => ({ changes: difference[side], people })));
  const place = new Map([...names.keys()].map((id, index) => [id, index]));
  return lines.map(({ people, operations, ...line }) => {
    const visible = people.filter((id) => place.has(id)).sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
    const first = visible.slice(0, shown).flatMap((id) => names.get(id) ?? []);
    return { ...line, operations, count: people.length, people: first };
  });
}

type Held = { operation: string; scope: Scope };

/** With the sentences of the catalogue, which the browser does not carry, and of what the product has declared. */
async function inWords<L extends { operations: Held[] }>(
  ctx: Ctx,
  lines: L[],
): Promise<(Omit<L, "operations"> & { operations: PreviewOperation[] })[]> {
  const keys = lines.flatMap(({ operations }) => operations.map(({ operation }) => operation));
  const declared = await declaredSentences(ctx, [...new Set(keys.filter((key) => !isOperation(key)))]);
  const worded = ({ operation, scope }: Held): PreviewOperation => {
    const own = isOperation(operation) ? operationOf(operation) : null;
    const sentence = own?.sentence ?? declared.get(operation) ?? operation;
    return { operation, scope, sentence, scoped: own !== null && own.scopes.length !== 1 };
  };
  return lines.map((line) => ({ ...line, operations: line.operations.map(worded) }));
}

async function declaredSentences({ db }: Ctx, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db.select().from(appOperations).where(inArray(appOperations.key, keys));
  return new Map(rows.map(({ key, sentence }) => [key, sentence]));
}

/** People who reach people in `one` and not in `other`, if they hold anything that is used there. */
async function reachLines(ctx: Ctx, one: Snapshot, other: Snapshot, everybody: string[], names: Names) {
  const compared = new Set(everybody);
  const isPerson = (id: string) => compared.has(id);
  const lines: (Omit<ReachLine, "operations"> & { operations: Held[] })[] = [];
  for (const { personId, scope, people } of reachBeyond(one.reachers, other.reachers)) {
    const used = usedBy(one.reaching.access(one.reaching.of.get(personId) ?? ""), scope);
    const alsoTheGroup = !people.every(isPerson);
    const operations = used
      .filter((operation) => alsoTheGroup || reachesPeople(operation))
      .map((operation) => ({ operation, scope }));
    if (operations.length === 0) continue;
    const concerned = people.filter(isPerson).length;
    // Somebody whom the change makes is nowhere yet.
    const over = scope === "reports" ? Math.max(concerned, await countWithBelow(ctx.db, people)) : concerned;
    lines.push({ person: names.get(personId) ?? null, scope, operations, over });
  }
  return lines.sort((a, b) => b.over - a.over);
}
