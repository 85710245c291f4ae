type Prepared<T> = { execute(values?: Record<string, unknown>): Promise<T> };
type Preparable<T> = { prepare(name: string): Prepared<T> };

/**
 * Asks by a statement that PostgreSQL keeps prepared on its connection: one way there and back instead of two, and no plan
 * made anew. Only for a statement whose text does not depend on what is asked and whose best plan does not either
 * (docs/decisions/0015-connections-that-are-lost.md). The driver names it by its text.
 */
export const kept = <T>(query: Preparable<T>): Promise<T> => query.prepare("kept").execute();

/**
 * The same of a statement that every request asks: built once for each database, since that takes longer than to send it. What
 * differs each time is a placeholder.
 */
export function keptBuilt<D extends object, V extends Record<string, unknown>, T>(build: (db: D) => Preparable<T>) {
  const built = new WeakMap<D, Prepared<T>>();
  return (db: D, values: V): Promise<T> => {
    const known = built.get(db) ?? build(db).prepare("kept");
    built.set(db, known);
    return known.execute(values);
  };
}
