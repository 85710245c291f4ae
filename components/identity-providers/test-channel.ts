/** Between the windows of this browser: that the test of a provider has ended. */
const channelOf = (id: string) => new BroadcastChannel(`identity-provider-test:${id}`);

export function tellTest(id: string): void {
  const channel = channelOf(id);
  channel.postMessage("ended");
  channel.close();
}

/** Also when this window is opened again: the other one may be closed before it could report. Returns how to stop. */
export function hearTests(id: string, heard: () => void): () => void {
  const channel = channelOf(id);
  channel.onmessage = heard;
  window.addEventListener("focus", heard);
  return () => {
    channel.close();
    window.removeEventListener("focus", heard);
  };
}
