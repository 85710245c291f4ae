/** What is typed after Ctrl K while the palette is still being fetched. It is not lost, and its letters are no shortcuts. */

let ahead: { text: string; stop: () => void } | null = null;

/** Collects letters until `endTypedAhead`. Escape ends it as well, and calls `onEscape`. */
export function typeAhead(onEscape: () => void): void {
  if (ahead) return;
  const onKey = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    if (!ahead || isComposing || ctrlKey || metaKey || altKey) return;
    if (key === "Escape") {
      endTypedAhead();
      onEscape();
    } else if (key === "Backspace") ahead.text = ahead.text.slice(0, -1);
    else if ([...key].length === 1) ahead.text += key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", onKey, true);
  ahead = { text: "", stop: () => window.removeEventListener("keydown", onKey, true) };
}

export const typedAhead = (): string => ahead?.text ?? "";

export function endTypedAhead(): void {
  ahead?.stop();
  ahead = null;
}
