/** What a plain form posted in a field: empty when it is not there, is a file, or what came is no form at all. */
export function postedText(form: unknown, name: string): string {
  const value = form instanceof FormData ? form.get(name) : null;
  return typeof value === "string" ? value : "";
}

/** The same of a field that may occur several times. */
export const postedTexts = (form: unknown, name: string): string[] =>
  form instanceof FormData ? form.getAll(name).filter((value) => typeof value === "string") : [];
