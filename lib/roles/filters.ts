/** The search of a list that is never long enough to be paged: one line of text from the address. */
export function readSearch(params: Record<string, string | string[] | undefined>): string {
  const [q = ""] = [params.q ?? ""].flat();
  return q.trim().slice(0, 200);
}
