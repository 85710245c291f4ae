/** Start of the process. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  (await import("@/lib/connections/install")).installGuard();
  await (await import("@/lib/startup")).startUp();
}
