import { type SQL, sql } from "drizzle-orm";

/** Something that goes from one person to another; null: nobody. */
export type Handed = { id: string; fromId: string | null; toId: string | null };

/** These as rows of a statement: `given (id, from_id, to_id)`. */
export const handedRows = (handed: Handed[]): SQL => {
  const rows = handed.map(({ id, fromId, toId }) => ({ id, from_id: fromId, to_id: toId }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) given (id uuid, from_id uuid, to_id uuid)`;
};
