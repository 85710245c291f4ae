/** Thrown by an action of a form when its sender took it back: nothing was saved, and nothing is wrong. */
export class Withdrawn extends Error {}

/** For `catch`: null for an action that was taken back. */
export function unlessWithdrawn(error: unknown): null {
  if (error instanceof Withdrawn) return null;
  throw error;
}
