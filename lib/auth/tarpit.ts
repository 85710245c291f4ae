import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds that a refusal for too many attempts is held. */
const holding = 3_000;
/** As many are held at once; one more is answered right away, so that holding costs a bounded number of connections. */
const mostHeld = 500;

let held = 0;

/**
 * Holds the refusal of somebody who tries too often: who asks again as soon as there is an answer asks less often then,
 * and the others are served in the meantime (S3).
 */
export async function tarpit(): Promise<void> {
  if (held >= mostHeld) return;
  held += 1;
  await sleep(holding);
  held -= 1;
}
