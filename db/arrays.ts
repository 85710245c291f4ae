import { makePgArray } from "drizzle-orm/pg-core";
import { parse } from "postgres-array";

type ArrayType = {
  to: number;
  from: number[];
  serialize: (list: unknown) => unknown;
  parse: (text: string) => unknown;
};

const arrayOf = (oids: number[], element: (text: string) => unknown): ArrayType => ({
  to: oids[0] ?? 0,
  from: oids,
  serialize: (list) => (Array.isArray(list) ? makePgArray(list) : list),
  parse: (text) => parse(text, element),
});

/**
 * Arrays by the numbers of their types, which are the same in every PostgreSQL: the driver would ask for them on every
 * connection, and ends the process where that fails. Times, dates and numbers beyond 2^53 stay texts, as Drizzle requires.
 */
export const arrayTypes = {
  /** name, text, varchar, uuid, int8, numeric, timestamptz, date. */
  texts: arrayOf([1009, 1003, 1015, 2951, 1016, 1231, 1185, 1182], (text) => text),
  /** int2, int4, float4, float8. */
  numbers: arrayOf([1007, 1005, 1021, 1022], Number),
  booleans: arrayOf([1000], (text) => text === "t"),
};
