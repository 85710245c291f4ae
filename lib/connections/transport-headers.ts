import { isHttps } from "@/lib/platform/env";

/** What every answer carries, from every source: pages, static files, and refusals of Next and of Node. */
export const transportHeaders = (): Record<string, string> => ({
  "x-content-type-options": "nosniff",
  ...(isHttps() && { "strict-transport-security": "max-age=31536000" }),
});
