import { largestPicture, tooLarge } from "@/lib/account/picture-rules";
import type { ActionResult } from "@/lib/http/action";

/** Sends one's own picture, which no action could receive: it would hold the file in memory before it is asked who sends it. */
export async function sendPicture(body: Blob): Promise<ActionResult<unknown>> {
  if (body.size > largestPicture) return { ok: false, code: "invalid", message: tooLarge };
  try {
    const response = await fetch("/account/picture", {
      method: "POST",
      headers: { "content-type": body.type },
      body,
      redirect: "manual",
    });
    const told = response.headers.get("content-type")?.startsWith("application/json");
    if (told) return (await response.json()) as ActionResult<unknown>;
    // The way to the sign-in page.
    if (response.type === "opaqueredirect")
      return { ok: false, code: "unauthenticated", message: "Your session has ended. Sign in again." };
    const message = response.status === 413 ? tooLarge : "The picture was not saved. Reload this page and try again.";
    return { ok: false, code: "unexpected", message };
  } catch {
    return { ok: false, code: "unexpected", message: "The server didn't respond. Try again." };
  }
}
