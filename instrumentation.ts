/** Start of the process. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { isDevelopment } = await import("@/lib/platform/env");
  if (!isDevelopment()) (await import("@/lib/startup/log-console")).logConsole();
  (await import("@/lib/connections/install")).installGuard();
  await (await import("@/lib/startup/start-up")).startUp();
}
