/** What the page of a link shows after a refusal. Never a password. */
export type ByLinkState = { message: string | null; fields: Record<string, string> };

export const untouched: ByLinkState = { message: null, fields: {} };
