/** Whether an Accept-Encoding takes a coding that it names (RFC 9110, 12.5.3): with a weight of 0 it refuses it. */
export function acceptsEncoding(header: string | string[] | undefined, coding: string): boolean {
  const named = String(header ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => part.trim().split(/\s*;\s*q=/))
    .find(([name]) => name === coding);
  return named !== undefined && Number(named[1] ?? 1) > 0;
}
