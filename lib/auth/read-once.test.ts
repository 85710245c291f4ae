import { NextRequest } from "next/server";
import { expect, test, vi } from "vitest";
import type { Tx } from "@/db/client";
import { cookieName } from "@/lib/auth/cookie";
import { currentCtx } from "@/lib/auth/current";
import { gate } from "@/lib/auth/gate";
import { withHandover } from "@/lib/auth/handover";
import { company } from "@/lib/testing/company";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { takeForOwn } from "@/lib/testing/process-database";
import { statementsOf } from "@/lib/testing/read-only";
import { openSessionCookie } from "@/lib/testing/session-cookie";

const asked = vi.hoisted(() => ({ cookie: "" }));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: asked.cookie }) }),
  headers: async () => new Headers(),
}));
/** How much the wall and then a page ask, and who the page says is there. */
async function askedBy(url: string, method: string, cookies: [wall: string, page: string]) {
  let person = "";
  const statements = await statementsOf(url, (tx: Tx) =>
    withHandover(async () => {
      takeForOwn(tx);
      const headers = { cookie: `${cookieName()}=${cookies[0]}` };
      const request = new NextRequest("http://localhost/admin/users", { method, headers });
      await gate(request, new Headers());
      asked.cookie = cookies[1];
      person = (await currentCtx()).actor.id;
    }),
  );
  return { statements, person };
}

test("the wall and the page of one request ask for session and access once, in one statement; after a write, and of another cookie, again", () =>
  withFreshDatabase("read_once", async (db, url) => {
    const { ada, quinn } = await company(db);
    const [hers, his] = [await openSessionCookie(db, ada.id), await openSessionCookie(db, quinn.id)];
    await askedBy(url, "GET", [hers, hers]);
    expect(await askedBy(url, "GET", [hers, hers])).toEqual({ statements: 1, person: ada.id });
    expect(await askedBy(url, "POST", [hers, hers])).toEqual({ statements: 3, person: ada.id });
    expect(await askedBy(url, "GET", [hers, his])).toEqual({ statements: 3, person: quinn.id });
  }));
