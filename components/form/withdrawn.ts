/** Thrown by an action of a form when whoever sent it took it back: nothing was saved, and nothing is wrong. */
export class Withdrawn extends Error {}
