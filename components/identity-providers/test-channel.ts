/** Between the windows of this browser: that the test of a provider has ended. */
const channelOf = (id: string) => new BroadcastChannel(`identity-provider-test:${id}`);

export function tellTest(id: string): void {
  const channel = channelOf(id);
  channel.postMessage("ended");
  channel.close();
}

/** Returns how to stop. */
export function hearTests(id: string, heard: () => void): () => void {
  const channel = channelOf(id);
  channel.onmessage = heard;
  return () => channel.close();
}
