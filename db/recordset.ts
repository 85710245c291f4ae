import { getTableColumns, type InferInsertModel, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/** Rows, or the placeholder of what `recordsetOf` makes of them. */
type Rows<R> = R[] | Placeholder;

/**
 * Rows of a table as one parameter, whatever their number: what follows `from`. Only for columns whose values JSON can represent;
 * a column that a row leaves out is null.
 */
export function recordset<T extends PgTable>(table: T, rows: Rows<Partial<InferInsertModel<T>>>): SQL {
  const given = Array.isArray(rows) ? recordsetOf(table, rows) : rows;
  return sql`jsonb_populate_recordset(null::${table}, ${given}::jsonb)`;
}

/** That parameter. */
export function recordsetOf<T extends PgTable>(table: T, rows: Partial<InferInsertModel<T>>[]): string {
  const columns = getTableColumns(table) as Record<string, PgColumn>;
  const storedRow = (row: Record<string, unknown>) => {
    const made: Record<string, unknown> = {};
    for (const field of Object.keys(row)) {
      const [column, value] = [columns[field], row[field]];
      if (column && value !== undefined) made[column.name] = value === null ? null : storedValue(column, value);
    }
    return made;
  };
  return JSON.stringify(rows.map(storedRow));
}

/** Whole rows of a table, to insert: no default of the table is applied. */
export const recordsetSelect = <T extends PgTable>(table: T, rows: Rows<InferInsertModel<T>>): SQL =>
  sql`select ${columnsOf(table)} from ${recordset(table, rows)} given`;

/** The statement that inserts such rows. */
export const recordsetInsert = <T extends PgTable>(table: T, rows: Rows<InferInsertModel<T>>): SQL =>
  sql`insert into ${table} (${columnsOf(table)}) ${recordsetSelect(table, rows)}`;

function columnsOf(table: PgTable): SQL {
  const names = Object.values(getTableColumns(table)).map(({ name }) => sql.identifier(name));
  return sql.join(names, sql`, `);
}

const storedValue = (column: PgColumn, value: unknown) =>
  isJson(column) ? value : wellFormed(column.mapToDriverValue(value));

/** Their values are JSON already, which their driver's form would put into a string; those of an array are unchanged. */
const isJson = ({ columnType }: { columnType: string }) => columnType === "PgJsonb" || columnType === "PgArray";

/** Half of a surrogate pair, which JSON cannot represent, becomes U+FFFD, as where the driver encodes a text itself. */
const wellFormed = (value: unknown) => (typeof value === "string" ? value.toWellFormed() : value);
