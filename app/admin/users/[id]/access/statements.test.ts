import { NextRequest } from "next/server";
import { expect, test, vi } from "vitest";
import AdminLayout from "@/app/admin/layout";
import UserAccessPage, { generateMetadata } from "@/app/admin/users/[id]/access/page";
import UserLayout from "@/app/admin/users/[id]/layout";
import type { Question } from "@/lib/access/explain";
import { cookieName } from "@/lib/auth/cookie";
import { gate } from "@/lib/auth/gate";
import { withHandover } from "@/lib/auth/handover";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { takeForOwn } from "@/lib/testing/process-database";
import { readingAlone } from "@/lib/testing/read-only";
import { reasonsToAsk } from "@/lib/testing/reasons-to-ask";
import { openSessionCookie } from "@/lib/testing/session-cookie";

const asked = vi.hoisted(() => ({ cookie: "", answers: new Map<unknown, [unknown[], unknown][]>() }));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: asked.cookie }) }),
  headers: async () => new Headers(),
}));
/** React keeps the answers of one request only where it renders on the server. */
vi.mock("react", async (original) => ({
  ...(await original<typeof import("react")>()),
  cache:
    (work: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      const known = asked.answers.get(work) ?? [];
      const same = known.find(([before]) => before.every((one, at) => one === given[at]));
      if (same) return same[1];
      const answer = work(...given);
      asked.answers.set(work, [...known, [given, answer]]);
      return answer;
    },
}));

/** What a whole request for the tab of access may ask of the database: the outer wall, frame, header and tab. */
const statementsUpTo = 12;

type Tx = Parameters<typeof takeForOwn>[0];

/** Asks for the page. Returns what the answer to its question was. */
async function ask(tx: Tx, cookie: string, { personId, operation, onId, groupId }: Question): Promise<string> {
  asked.answers.clear();
  asked.cookie = cookie;
  takeForOwn(tx);
  const params = Promise.resolve({ id: personId });
  const searchParams = Promise.resolve({
    why: operation,
    ...(onId && { on: onId }),
    ...(groupId && { group: groupId }),
  });
  return withHandover(async () => {
    const headers = { cookie: `${cookieName()}=${cookie}` };
    await gate(new NextRequest(`http://localhost/admin/users/${personId}/access`, { headers }), new Headers());
    const [page] = await Promise.all([
      UserAccessPage({ params, searchParams }),
      generateMetadata({ params, searchParams }),
      UserLayout({ children: null, params }),
      AdminLayout({ children: null }),
    ]);
    const { answer } = page.props.question;
    return answer ? answer.outcome : "not asked";
  });
}

test('a page of "Why?" asks little of the database, whatever is asked', () =>
  withFreshDatabase("why_page", async (db, url) => {
    const { ada, quinn, lee, eve, sam, disabled, over, keepers, regression } = await reasonsToAsk(db);
    const [hers, his] = [await openSessionCookie(db, ada.id), await openSessionCookie(db, quinn.id)];
    const questions: [string, Question][] = [
      ["not asked", { personId: lee.id, operation: "" }],
      ["allowed", { personId: quinn.id, operation: "user.read", onId: eve.id }],
      ["denied", { personId: lee.id, operation: "user.read", onId: sam.id }],
      ["denied", { personId: lee.id, operation: "user.archive", onId: eve.id }],
      ["denied", { personId: lee.id, operation: "group.update", groupId: keepers.id }],
      ["denied", { personId: eve.id, operation: "group.update", groupId: keepers.id }],
      ["denied", { personId: eve.id, operation: "group.add_member", onId: sam.id, groupId: regression.id }],
      ["denied", { personId: disabled.id, operation: "account.update" }],
      ["denied", { personId: over.id, operation: "account.update" }],
    ];
    const counted = async (cookie: string, [outcome, question]: [string, Question]) => {
      let answer = "";
      const asking = async (tx: Tx) => {
        answer = await ask(tx, cookie, question);
      };
      await readingAlone(url, 5, asking, statementsUpTo);
      expect([question.operation, answer]).toEqual([question.operation, outcome]);
    };
    for (const question of questions) await counted(hers, question);
    await counted(his, ["allowed", { personId: lee.id, operation: "user.read", onId: eve.id }]);
    await counted(his, ["denied", { personId: lee.id, operation: "user.update", onId: eve.id }]);
  }));
