/** Start of the process. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  await import("@/lib/peer");
  await import("@/lib/unavailable-answers");
  await (await import("@/lib/startup")).startUp();
}
