import { headers } from "next/headers";

/**
 * Whether the browser asks from within a page that is shown already. Only then may a part arrive later, behind a
 * skeleton: a page that is opened directly is whole, also without script.
 */
export async function isClientNavigation(): Promise<boolean> {
  return (await headers()).get("sec-fetch-dest") === "empty";
}
