import { largePictures } from "./large-pictures";

/**
 * The sender of `npm run test:faults -- pictures`, in a process of its own: what it spends on 20 uploads does not slow down
 * those who are measured. Says the sizes of its pictures, then sends on command, and prints the answers.
 */
export type SendOrder = { baseUrl: string; cookie: string; address: string; atOnce: number; seconds: number };

const pictures = await largePictures();
const bodies = Object.values(pictures).map((picture) => new Uint8Array(picture));
process.once("message", async (order: SendOrder) => process.send?.(await sendAll(order), () => process.disconnect()));
process.send?.(Object.entries(pictures).map(([kind, { byteLength }]) => ({ kind, kB: byteLength >> 10 })));

async function sendAll({ atOnce, seconds, ...order }: SendOrder): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  const end = Date.now() + seconds * 1_000;
  async function again(nth: number) {
    for (let turn = nth; Date.now() < end; turn++) {
      const answer = await send(order, bodies[turn % bodies.length]);
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  }
  await Promise.all(Array.from({ length: atOnce }, (_, nth) => again(nth)));
  return answers;
}

/** The status, or what became of the connection. */
async function send(
  { baseUrl, cookie, address }: Pick<SendOrder, "baseUrl" | "cookie" | "address">,
  body: BodyInit = "",
) {
  const headers = { origin: baseUrl, cookie, "content-type": "image/jpeg", "x-forwarded-for": address };
  try {
    const answer = await fetch(`${baseUrl}/account/picture`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    if (answer.status === 429 && !answer.headers.get("retry-after")) return "429 without Retry-After";
    return String(answer.status);
  } catch (error) {
    return String((error as { cause?: { code?: string } }).cause?.code ?? "failed");
  }
}
