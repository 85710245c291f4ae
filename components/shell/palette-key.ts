import { headers } from "next/headers";

/** "Ctrl K" as the keyboard of this request's browser has it. */
export const currentPaletteKey = async (): Promise<string> =>
  /Mac|iPhone|iPad/.test((await headers()).get("user-agent") ?? "") ? "⌘K" : "Ctrl K";
