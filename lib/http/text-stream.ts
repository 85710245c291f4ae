import type { Release } from "@/lib/capacity/share";
import { onceAnswered } from "@/lib/http/answered";

/**
 * A body in a place that one person has (lib/capacity/share.ts). The place is given back when the answer is over and its
 * reading has ended: sent whole, broken off by the client, failed, refused by `begin`, or never read at all.
 */
export async function streamIn(
  place: Release,
  begin: () => Promise<AsyncGenerator<string>>,
): Promise<ReadableStream<Uint8Array>> {
  try {
    const pieces = await begin();
    onceAnswered(() => void pieces.return(undefined).then(place, place));
    return streamOf(pieces);
  } catch (error) {
    place();
    throw error;
  }
}

/** A body that reads on only as fast as the other side takes, and stops when it goes away. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(bytes.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
