type Options = { prepare?: boolean } | undefined;
type Watched = { statement(text: string, parameters: unknown[], options: Options): void; transaction?(): void };
// biome-ignore lint/suspicious/noExplicitAny: of our own pool, and of the driver that older releases used
type Any = any;

/**
 * Reports each statement that a client of PostgreSQL sends from now on, also in its transactions, whose own statements are left out. Where
 * Drizzle's logger would be called: a statement that was built before (`keptBuilt`) has the logger of its first database.
 */
export function watchStatements(client: object, watched: Watched): void {
  const one = client as Any;
  const { unsafe, begin, savepoint } = one;
  one.unsafe = (text: string, parameters: unknown[] = [], options?: Options) => {
    watched.statement(text, parameters, options);
    return unsafe.call(one, text, parameters, options);
  };
  const within =
    (open: Any) =>
    (...given: Any[]) => {
      const work = given.pop();
      if (open === begin) watched.transaction?.();
      return open.call(one, ...given, (inner: object) => {
        watchStatements(inner, watched);
        return work(inner);
      });
    };
  if (begin) one.begin = within(begin);
  if (savepoint) one.savepoint = within(savepoint);
}
