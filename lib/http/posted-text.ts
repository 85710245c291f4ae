/** What a plain form posted in a field: empty when it is not there, is a file, or what came is no form at all. */
export function postedText(form: unknown, name: string): string {
  const value = form instanceof FormData ? form.get(name) : null;
  return typeof value === "string" ? value : "";
}
