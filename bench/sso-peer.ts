import { startHostileProvider } from "@/lib/testing/hostile-provider";

/** A provider in a process of its own, so that its work is not counted as ours. Asked for an address, it gives what a browser brings back. */
const peer = await startHostileProvider();
peer.behave({}, { sub: "somebody", preferred_username: "somebody", email: "somebody@bench.example" });
process.on("message", ({ authorize }: { authorize?: string }) => {
  if (authorize === undefined) process.send?.({ asked: peer.asked.splice(0) });
  else process.send?.({ query: String(peer.authorize(authorize)) });
});
process.send?.({ discoveryUrl: peer.discoveryUrl, issuer: peer.issuer });
