type Preparable<T> = { prepare(name: string): { execute(): Promise<T> } };

/**
 * Asks by a statement that PostgreSQL keeps prepared on its connection: one way there and back instead of two, and no plan
 * made anew. Only for a statement whose text does not depend on what is asked and whose best plan does not either
 * (docs/decisions/0015-connections-that-are-lost.md). The driver names it by its text.
 */
export const kept = <T>(query: Preparable<T>): Promise<T> => query.prepare("kept").execute();
