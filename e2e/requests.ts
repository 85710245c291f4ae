import type { APIRequestContext, Browser } from "@playwright/test";
import { signInAs } from "./sign-in-as";

/** Requests of somebody's browser, with their cookie and without a page. */
export async function requestsOf(browser: Browser, username: string): Promise<APIRequestContext> {
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, username);
  return page.request;
}
