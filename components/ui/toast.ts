import type { ExternalToast } from "sonner";

type Kind = "success" | "error" | "info";

interface ToastOptions extends ExternalToast {
  /** Id of what it is about, where an earlier toast about the same thing is no longer true. */
  about?: string;
}

export type Told = { kind: Kind; words: string; options?: ToastOptions | undefined };
type Hearer = (told: Told) => void;

const waiting: Told[] = [];
let hearer: Hearer | null = null;
let fetchList: (() => void) | null = null;

function tell(told: Told) {
  if (hearer) return hearer(told);
  waiting.push(told);
  fetchList?.();
}

const teller = (kind: Kind) => (words: string, options?: ToastOptions) => tell({ kind, words, options });

export const toast = { success: teller("success"), error: teller("error"), info: teller("info") };

/** For the list that shows them: messages from before it was there come first. Returns how to stop. */
export function hearToasts(next: Hearer): () => void {
  hearer = next;
  waiting.splice(0).forEach(next);
  return () => {
    hearer = null;
  };
}

/** For code that fetches that list: is called when there is a message. Returns how to stop. */
export function awaitToasts(next: () => void): () => void {
  fetchList = next;
  if (waiting.length > 0) next();
  return () => {
    fetchList = null;
  };
}
