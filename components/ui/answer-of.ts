import type { ActionResult } from "@/lib/http/action";

/** What an action that only asks has found. Throws an Error with the refusal's sentence. */
export async function answerOf<T>(asked: Promise<ActionResult<T>>): Promise<T> {
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}
