/** Between an instant (ISO 8601) and what a `datetime-local` field holds: the clock of the browser. */
export function toLocal(instant: string | null): string {
  if (!instant) return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Blank stays blank; what is no time is left as it is, for the schema to refuse. */
export function fromLocal(local: string): string {
  const at = new Date(local);
  return local === "" || Number.isNaN(at.getTime()) ? local : at.toISOString();
}
