import { afterAll, beforeAll, beforeEach } from "vitest";
import { type HostileProvider, startHostileProvider } from "@/lib/testing/hostile-provider";

/** A hostile provider for the tests of a file, which does nothing wrong when one of them begins. Known once they run. */
export function hostilePeer(): HostileProvider {
  const peer = {} as HostileProvider;
  beforeAll(async () => {
    Object.assign(peer, await startHostileProvider());
  });
  beforeEach(() => peer.behave());
  afterAll(() => peer.stop());
  return peer;
}
