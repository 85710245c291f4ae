import { Column, getTableName, is, SQL, Subquery } from "drizzle-orm";

type Decoder = { mapFromDriverValue(value: unknown): unknown };
/** What Drizzle knows of a column of an answer. */
type Field = { path: string[]; field: unknown };
/** `joinsNotNullableMap`: whether a table that was joined always has a row. */
type Answered = { fields?: Field[]; joinsNotNullableMap?: Record<string, boolean>; customResultMapper?: Mapper };
type Mapper = (rows: unknown[][]) => Record<string, unknown>[];

/**
 * Has a statement of Drizzle make its rows by what is found out once about its columns. Drizzle 0.45.4 finds it out again for each value of
 * each row, which takes longer than the rest of the way from the database. A test compares both.
 */
export function mapRowsAtOnce<S extends object>(statement: S): S {
  const { fields, joinsNotNullableMap } = statement as Answered;
  if (fields) (statement as Answered).customResultMapper = rowMapper(fields, joinsNotNullableMap);
  return statement;
}

function rowMapper(fields: Field[], joins: Record<string, boolean> | undefined): Mapper {
  const columns = fields.map(({ path, field }) => ({ path, decoder: decoderOf(field) }));
  const absent = joins ? objectsThatMayBeAbsent(fields, joins) : [];
  return (rows) =>
    rows.map((row) => {
      const made: Record<string, unknown> = {};
      for (let at = 0; at < columns.length; at++) {
        const { path, decoder } = columns[at] as (typeof columns)[number];
        const raw = row[at];
        put(made, path, raw === null ? null : decoder.mapFromDriverValue(raw));
      }
      for (const [name, member] of absent)
        if ((made[name] as Record<string, unknown>)[member] === null) made[name] = null;
      return made;
    });
}

function put(into: Record<string, unknown>, path: string[], value: unknown): void {
  let inside = into;
  for (let at = 0; at < path.length - 1; at++) {
    const name = path[at] as string;
    inside[name] ??= {};
    inside = inside[name] as Record<string, unknown>;
  }
  inside[path.at(-1) as string] = value;
}

function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field;
  const { decoder } = (is(field, SQL) ? field : is(field, Subquery) ? field._.sql : (field as { sql: SQL }).sql) as {
    decoder?: Decoder;
  };
  if (!decoder) throw new Error("Drizzle knows no decoder of a column");
  return decoder;
}

/** Objects of one joined table, with the member that is null where there is no row: null as a whole then. */
function objectsThatMayBeAbsent(fields: Field[], joins: Record<string, boolean>): [name: string, member: string][] {
  const objects = new Map<string, { member: string; tables: Set<string> }>();
  for (const { path, field } of fields) {
    const [name = "", member = "", ...deeper] = path;
    if (!is(field, Column) || path.length < 2 || deeper.length > 0) continue;
    const object = objects.get(name) ?? { member, tables: new Set() };
    object.tables.add(getTableName(field.table));
    objects.set(name, object);
  }
  return [...objects].flatMap(([name, { member, tables }]): [string, string][] => {
    const [table = "", ...others] = tables;
    return others.length === 0 && !joins[table] ? [[name, member]] : [];
  });
}
