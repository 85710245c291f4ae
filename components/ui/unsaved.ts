/** Edits that nothing has stored yet. */
export interface Unsaved {
  /** Where they are drawn; null while they are not. */
  element: () => Element | null;
  /** Puts back what is stored. */
  discard: () => void;
}

/** Asks whether edits may be lost; true when they may. */
type Ask = () => Promise<boolean>;

const held = new Set<Unsaved>();
let ask: Ask | null = null;
let asking = false;

/** The browser's own question before a reload or before the tab closes. It is heard only while it is needed. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault();

function release(unsaved: Unsaved): void {
  held.delete(unsaved);
  if (held.size === 0) window.removeEventListener("beforeunload", warn);
}

/** A person who leaves the page or closes a dialog around these edits is asked first. Returns how to end that. */
export function holdUnsaved(unsaved: Unsaved): () => void {
  held.add(unsaved);
  window.addEventListener("beforeunload", warn);
  return () => release(unsaved);
}

/** The unsaved edits inside of this element, or of the whole page. */
const unsavedIn = (within: Element | Document): Unsaved[] =>
  [...held].filter(({ element }) => within === document || within.contains(element()));

export const hasUnsaved = () => held.size > 0;

/** For the one dialog of a page that asks. Returns how to leave. */
export function answerLeaving(by: Ask): () => void {
  ask = by;
  return () => {
    if (ask === by) ask = null;
  };
}

/** Proceeds at once when no edits inside of `within` would be lost; otherwise when the person discards them. */
export function leaving(proceed: () => void, within: Element | Document = document): void {
  if (unsavedIn(within).length === 0 || !ask) proceed();
  else if (!asking) void discarding(ask, within).then((discarded) => discarded && proceed());
}

async function discarding(ask: Ask, within: Element | Document): Promise<boolean> {
  asking = true;
  try {
    if (!(await ask())) return false;
  } finally {
    asking = false;
  }
  for (const unsaved of unsavedIn(within)) {
    release(unsaved);
    unsaved.discard();
  }
  return true;
}
