/** One verb of the command line. What it gives is printed: `said` for people, `value` as JSON with --json. */
export interface Command {
  usage: string;
  options: Record<string, { type: "string" | "boolean" }>;
  run: (url: string, flags: Record<string, string | boolean | undefined>) => Promise<{ said: string; value: unknown }>;
}
