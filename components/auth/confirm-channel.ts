/** Between the windows of this browser: that a session may have been confirmed. */
const channel = "gatehouse-confirmed";

export function tellConfirmed(): void {
  const windows = new BroadcastChannel(channel);
  windows.postMessage("ended");
  windows.close();
}

/** Also when this window is opened again: the other one may be closed before it could report. Returns how to stop. */
export function hearConfirmed(heard: () => void): () => void {
  const windows = new BroadcastChannel(channel);
  windows.onmessage = heard;
  window.addEventListener("focus", heard);
  return () => {
    windows.close();
    window.removeEventListener("focus", heard);
  };
}
