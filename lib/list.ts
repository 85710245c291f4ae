import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Every list is paged by key, never by offset: a page costs the same at the first and at the millionth row. */
export const pageSize = 50;

/** Totals are exact up to here; nothing is ever counted to its end on the way to a page. */
export const exactUpTo = 10_000;

/** `about`: the planner's estimate. `over`: more than `value`, and nobody counted further. */
export type Total = { value: number; kind: "exact" | "about" | "over" };

/** What a count says that stopped one beyond its bound. */
export const boundedTotal = (counted: number, bound = exactUpTo): Total =>
  counted > bound ? { value: bound, kind: "over" } : { value: counted, kind: "exact" };

export type Page<T> = {
  rows: T[];
  total: Total;
  /** Place of the first row in the whole list, counted from 1; 0 when there is none. */
  from: number;
  /** Cursors for `before` and `after`. */
  previous: string | null;
  next: string | null;
};

/** Where a page begins: the sort keys and id of a row beside it, and that row's place in the list. */
export type Cursor = { keys: string[]; id: string; place: number };

const cursorShape = z.tuple([z.string(), z.array(z.string().max(400)).max(4), z.uuid(), z.number().int().min(0)]);

/** A short hash of what a list is sorted and filtered by; the same object in the same order gives the same sign. */
export const signOf = (meaning: unknown): string =>
  createHash("sha256").update(JSON.stringify(meaning)).digest("base64url").slice(0, 16);

export function encodeCursor(sign: string, { keys, id, place }: Cursor): string {
  return Buffer.from(JSON.stringify([sign, keys, id, place])).toString("base64url");
}

/** Null for a cursor that is torn or belongs to another sort or other filters. */
export function decodeCursor(sign: string, text: string): Cursor | null {
  const shape = cursorShape.safeParse(parse(text));
  if (!shape.success || shape.data[0] !== sign) return null;
  const [, keys, id, place] = shape.data;
  return { keys, id, place };
}

export const foreignCursor = () =>
  new AppError("invalid", "This place in the list belongs to another sort or other filters. Begin at the first page.");

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
