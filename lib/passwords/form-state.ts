/** What a form that sets a new password shows after a refusal. Never a password. */
export type NewPasswordState = { message: string | null; fields: Record<string, string> };

export const untouched: NewPasswordState = { message: null, fields: {} };
