import { AppError, collisionOf, postgresFault } from "@/lib/errors";

export const unreachable = "Gatehouse cannot reach its database at the moment. Try again in a few seconds.";
export const unwritable =
  "Nothing can be saved at the moment, because the database accepts no changes. What is stored can still be read.";
const unfinished = "The database took too long to answer. Try again in a few seconds.";
export const unknownOutcome =
  "The database connection was lost while this was being saved. It may have been saved: check before you try again.";

/** A full disk, and a server that is read-only, such as a standby. */
const noWrites = new Set(["53100", "25006"]);

/** Whether the database refused to store anything, whatever it was. */
export const isUnwritable = (error: unknown) => noWrites.has(postgresFault(error)?.code ?? "");

/**
 * `unavailable` where nothing is wrong with what was asked: the database is lost, late (57014 is its time limit, since nobody
 * cancels by hand), short of something (class 53) or refuses every change. Null for any other fault.
 */
export function unavailableOf(error: unknown): AppError | null {
  const fault = postgresFault(error);
  const code = fault?.code ?? "";
  if (noWrites.has(code)) return unavailable("not-writable", unwritable, 60);
  if (code === "57014") return unavailable("database-late", unfinished, 5);
  if (code === "DATABASE_UNAVAILABLE")
    return (fault as { unknown?: boolean }).unknown
      ? unavailable("outcome-unknown", unknownOutcome, 5)
      : unavailable("database-unavailable", unreachable, 5);
  if (/^(08|53|57P)\w+$/.test(code)) return unavailable("database-unavailable", unreachable, 5);
  return null;
}

/** The refusal for what the database could not do, or null for any other fault. The one place where such faults are worded. */
export const databaseRefusal = (error: unknown): AppError | null => collisionOf(error) ?? unavailableOf(error);

const unavailable = (problem: string, sentence: string, retryAfter: number) =>
  new AppError("unavailable", sentence, { retryAfter, details: { problem } });
