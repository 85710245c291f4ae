import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { kept } from "@/db/kept";
import type { Ctx } from "@/lib/context";
import { instant } from "@/lib/home/queries";

/** `end`: null for the day that is not over. */
type Span = { start: Date; end: Date | null };

/** A select of one number; `inDay` says that a moment lies in the day at hand. */
type Count = (inDay: (moment: SQL | AnyPgColumn) => SQL) => SQL;

export const spansOf = (starts: Date[], end: Date | null = null): Span[] =>
  starts.map((start, at) => ({ start, end: starts[at + 1] ?? end }));

/** What each of these counts in each of these days. A day is a range of an index, which costs less than computing the day of every row. */
export async function countDays(ctx: Ctx, days: Span[], counts: Count[]): Promise<number[][]> {
  if (days.length === 0) return [];
  const inDay = (moment: SQL | AnyPgColumn) => sql`${moment} >= day.starts and ${moment} < day.ends`;
  const values = days.map(
    ({ start, end }, at) => sql`(${at}::int, ${instant(start)}, ${end ? instant(end) : sql`'infinity'::timestamptz`})`,
  );
  const counted = sql.join(
    counts.map((count) => sql`(${count(inDay)})::int`),
    sql`, `,
  );
  const rows = await kept(
    ctx.db
      .select({ counts: sql<number[]>`array[${counted}]` })
      .from(sql`(values ${sql.join(values, sql`, `)}) day (at, starts, ends)`)
      .orderBy(sql`day.at`),
  );
  return rows.map((row) => row.counts);
}

/** Within this after a day is over, what began in it has been written. In milliseconds. */
const settles = 60 * 60 * 1000;
/** Days in as many zones as people are in. */
const mostKnown = 5_000;

/** Days that are over, of each database that this process reads, by what is counted and their bounds. */
const known = new WeakMap<object, Map<string, number[]>>();

/** The same of what is only ever added to, at the moment at which it happens: a day that is over is counted once by each process. */
export async function countLastingDays(ctx: Ctx, name: string, days: Span[], counts: Count[]): Promise<number[][]> {
  const over = known.get(ctx.db) ?? new Map<string, number[]>();
  known.set(ctx.db, over);
  if (over.size > mostKnown) over.clear();
  const keyOf = ({ start, end }: Span) => `${name} ${start.toISOString()} ${end?.toISOString()}`;
  const asked = days.filter((day) => !over.has(keyOf(day)));
  const found = new Map((await countDays(ctx, asked, counts)).map((counted, at) => [asked[at], counted]));
  for (const [day, counted] of found)
    if (day?.end && day.end.getTime() + settles < ctx.now().getTime()) over.set(keyOf(day), counted);
  return days.map((day) => found.get(day) ?? over.get(keyOf(day)) ?? []);
}
