import type { Sql } from "postgres";

/**
 * Indexes on text are built in the order of a collation, and that order belongs to the ICU or C library of the server. After
 * an upgrade of that library PostgreSQL warns and continues with the old index, which then misses rows, or admits a
 * duplicate. So the versions that the indexes were built with are recorded, and a change rebuilds them at the start.
 */

/** The versions of the collations in use now: `und-x-icu`, and the database's own; `-` where it has none, as `C`. */
export async function collationVersions(sql: Sql): Promise<string> {
  const [row] = await sql<{ versions: string }[]>`
    select coalesce(pg_collation_actual_version(c.oid), '-') || '/' ||
           coalesce(pg_database_collation_actual_version(d.oid), '-') as versions
      from pg_collation c, pg_database d
     where c.collname = 'und-x-icu' and c.collencoding in (-1, d.encoding) and d.datname = current_database()`;
  return row?.versions ?? "-/-";
}

/** The versions with which this database was made: what its indexes were built with, where nothing else is recorded. */
export async function collationVersionsAtCreation(sql: Sql): Promise<string> {
  const [row] = await sql<{ versions: string }[]>`
    select coalesce(c.collversion, '-') || '/' || coalesce(d.datcollversion, '-') as versions
      from pg_collation c, pg_database d
     where c.collname = 'und-x-icu' and c.collencoding in (-1, d.encoding) and d.datname = current_database()`;
  return row?.versions ?? "-/-";
}

/** Rebuilds every index of this database that is ordered by a collation whose order can change. Returns how many. */
export async function rebuildTextIndexes(sql: Sql): Promise<number> {
  const indexes = await sql<{ name: string }[]>`
    select i.indexrelid::regclass::text as name
      from pg_index i
      join pg_class k on k.oid = i.indexrelid and k.relkind = 'i'
      join pg_namespace n on n.oid = k.relnamespace
     where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
       and exists (select 1 from unnest(i.indcollation::oid[]) used join pg_collation c on c.oid = used
                    where c.collprovider in ('d', 'i') or (c.collprovider = 'c' and c.collname not in ('C', 'POSIX')))
     order by 1`;
  for (const { name } of indexes) await sql.unsafe(`reindex index ${name}`);
  return indexes.length;
}
