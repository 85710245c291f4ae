import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { cast, demoPassword } from "@/db/seed/cast";
import { allowedAt } from "@/lib/connections/methods";
import { exportsOf, isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** CONTRIBUTING.md as far as a machine can check it. */
const self = "lib/testing/conventions.test.ts";
const code = projectFiles.filter((path) => /\.(ts|tsx|mts|mjs|cjs)$/.test(path) && path !== "next-env.d.ts");
const named = (pattern: RegExp) => projectFiles.filter((path) => pattern.test(path));
const lines = (path: string) => textOf(path).split("\n").length - 1;

test("the checks see the project", () => {
  expect(code.length).toBeGreaterThan(300);
  expect(named(/^app\/.*page\.tsx$/).length).toBeGreaterThan(15);
});

test("what a press opens is fetched by `late`; the others come by themselves", () => {
  const by = named(/^components\/.*\.tsx?$/).filter((path) => textOf(path).includes('from "next/dynamic"'));
  expect(by.toSorted()).toEqual([
    "components/auth/late-fault.tsx",
    "components/auth/refusals.tsx",
    "components/list/filter-bar.tsx",
    "components/mail/late-transport-form.tsx",
    "components/ui/late.tsx",
    "components/ui/toaster.tsx",
    "components/users/late-no-password.tsx",
    "components/users/user-actions.tsx",
    "components/views/late-view-tools.tsx",
  ]);
});

describe("guards", () => {
  const guard = /^(const \w+ = )?await require(Operation|AnyOperation|OwnAccount|SignedIn)\(/;
  const firstOf = (path: string, name = "default") =>
    exportsOf(path).find((given) => given.name === name)?.statements?.[0] ?? "";
  const emptySlot = "return null;";

  test.each(named(/^app\/(admin|account)\/.*page\.tsx$/))("%s begins with its guard", (path) => {
    const first = firstOf(path);
    if (!(path.includes("/@dialog/") && first === emptySlot)) expect(first).toMatch(guard);
  });

  test.each(named(/^app\/(admin|account)\/.*layout\.tsx$/))("%s begins with its guard, or knows no data", (path) => {
    if (/from "@\/lib\//.test(textOf(path))) expect(firstOf(path)).toMatch(guard);
  });

  test.each(named(/^app\/account\/.*(page|layout)\.tsx$/))("%s is no part of a view", (path) => {
    expect(firstOf(path)).toMatch(/requireOwnAccount\(\)/);
  });

  test("what a view leaves to the session's own person is to end it and to sign out", () => {
    const asking = code.filter((path) => !isTest(path) && /\bownCtx\(/.test(textOf(path)));
    expect(asking.toSorted()).toEqual(["app/viewing/stop/route.ts", "lib/auth/current.ts", "lib/sign-in/actions.ts"]);
  });

  test("pages outside them are open on purpose, or guarded", () => {
    const others = named(/^app\/.*page\.tsx$/).filter((path) => !/^app\/(admin|account)\//.test(path));
    const open = others.filter((path) => !guard.test(firstOf(path)));
    expect(open.toSorted()).toEqual([
      "app/(public)/confirm-email/[token]/page.tsx",
      "app/(public)/confirm/[slug]/page.tsx",
      "app/(public)/enrol-factor/page.tsx",
      "app/(public)/forgot-password/page.tsx",
      "app/(public)/invite/[token]/page.tsx",
      "app/(public)/new-password/page.tsx",
      "app/(public)/reset-password/[token]/page.tsx",
      "app/(public)/second-factor/page.tsx",
      "app/(public)/setup/page.tsx",
      "app/(public)/sign-in/[slug]/page.tsx",
      "app/(public)/sign-in/page.tsx",
      "app/(public)/signed-out/page.tsx",
    ]);
  });

  /** What opens each route; a new one has to be written down here. */
  const routes: Record<string, RegExp> = {
    "app/account/clients/state/route.ts": /const ctx = await currentCtx\(\);/,
    "app/account/data/route.ts": /const ctx = await currentCtx\(\);/,
    "app/account/picture/route.ts": /const ctx = await currentCtx\(\);/,
    "app/account/places/route.ts": /const ctx = await currentCtx\(\);/,
    "app/account/search/route.ts": /const ctx = await currentCtx\(\);/,
    "app/viewing/stop/route.ts": /const ctx = await ownCtx\(\);/,
    "app/pictures/[userId]/[tag]/route.ts": /const ctx = await currentCtx\(\);/,
    "app/admin/audit/export/route.ts": guard,
    "app/api/auth/[...nextauth]/route.ts": /NextAuth\(/,
    "app/api/auth/backchannel-logout/[slug]/route.ts": /const ctx = await anonymousCtx\(\);/,
    "app/api/health/live/route.ts": /status: "live"/,
    "app/api/health/ready/route.ts": /readiness\(\)/,
    "app/gatehouse-client.mjs/route.ts": /referenceClient\(\)/,
  };

  test("every route is known", () => {
    expect(named(/^app\/.*route\.ts$/).toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  test.each(Object.entries(routes))("%s begins with its guard", (path, opens) => {
    const methods = exportsOf(path).filter(({ statements }) => statements !== null);
    for (const { statements } of methods) expect(statements?.[0]).toMatch(opens);
    if (methods.length === 0) expect(textOf(path)).toMatch(opens);
  });

  test.each(Object.keys(routes))("%s: the methods that it exports are those that its address knows", (path) => {
    const address = path.replace(/^app|\/route\.ts$/g, "").replace(/\[[^/]+\]/g, "some");
    const exported = [...textOf(path).matchAll(/^export (?:async )?function ([A-Z]+)\b|\bhandler as ([A-Z]+)/gm)];
    const methods = exported.flatMap(([, declared, renamed]) => declared ?? renamed ?? []);
    expect(methods).not.toEqual([]);
    const added = [...(methods.includes("GET") ? ["HEAD"] : []), ...(address.startsWith("/api/") ? ["OPTIONS"] : [])];
    expect(allowedAt(address).split(", ").toSorted()).toEqual([...methods, ...added].toSorted());
  });

  test("no loading screen answers 200 before a guard decides", () => {
    expect(named(/^app\/.*loading\.tsx$/)).toEqual([]);
  });

  /** Posted by plain forms, also of people who are not signed in, or not quite: each checks the origin itself. */
  const ownGuard = [
    "signInAction",
    "newPasswordAction",
    "signOutAction",
    "completeSetupAction",
    "requestPasswordAction",
    "redeemResetAction",
    "acceptInvitationAction",
    "confirmEmailAction",
    "chooseColumnsAction",
    "secondFactorAction",
    "finishEnrolmentAction",
    "providerSignInAction",
    "providerSignOutAction",
    "providerOfNameAction",
  ];

  test.each(named(/^lib\/[^/]+\/actions\.ts$/))("%s: every export is declared, or guards itself", (path) => {
    expect(textOf(path)).toMatch(/^"use server";\n/);
    for (const { name, statements, value } of exportsOf(path)) {
      if (ownGuard.includes(name)) expect(statements?.join("\n")).toMatch(/requireOwnOrigin\(await headers\(\)\)/);
      else expect(value, name).toMatch(/^(defineAction|action)\(/);
    }
  });

  test("a transaction is opened by the one door, its dry run, the counting of attempts and unknown proofs, passkeys' challenges, what is over, what is logged already, used assertions and heartbeats alone", () => {
    const opening = code.filter((path) => !isTest(path) && /\btransactionsOf\b/.test(textOf(path)));
    const known = [
      "lib/audit/unknown-proofs.ts",
      "lib/auth/id-tokens.ts",
      "lib/auth/throttle.ts",
      "lib/client-tokens/used-assertions.ts",
      "lib/clients/beats.ts",
      "lib/context.ts",
      "lib/factors/challenges.ts",
      "lib/identity-providers/identities.ts",
      "lib/identity-providers/refused-groups.ts",
      "lib/kernel/common-locks.ts",
      "lib/kernel/dry-run.ts",
      "lib/kernel/once.ts",
    ];
    expect(opening.toSorted()).toEqual(known);
    const refusing = code.filter((path) => !isTest(path) && /\brefusalDoorOf\b/.test(textOf(path)));
    expect(refusing.toSorted()).toEqual(["lib/context.ts", "lib/kernel/refusal.ts"]);
  });

  test("rows and names are locked in one place, so that a command can be asked without a lock", () => {
    const locking = /(?<!Symbol)\.for\(|pg_advisory_xact_lock|\bfor (no key )?update\b|\bfor (key )?share\b/;
    const found = code.filter((path) => path.startsWith("lib/") && !isTest(path) && locking.test(textOf(path)));
    const outsideDecisions = [
      "lib/auth/session.ts",
      "lib/clients/beats.ts",
      "lib/tokens/store.ts",
      "lib/upgrades/fold-keys.ts",
    ];
    expect(found.toSorted()).toEqual([...outsideDecisions, "lib/kernel/lock.ts"].toSorted());
  });

  test("kinds of actors are known to authentication, to the audit log and to one table alone", () => {
    const asks = /\bactor\.kind\b/;
    const makes = /\bkind: "(operator|nobody)"/;
    const known =
      /^lib\/(auth\/|sign-in\/|audit\/|audit-log\/|authz\/principal\.ts)|^components\/(audit|home\/event-face)|^lib\/demo\/history\.ts$/;
    const asking = code.filter((path) => !isTest(path) && (asks.test(textOf(path)) || makes.test(textOf(path))));
    expect(asking.filter((path) => !known.test(path))).toEqual([]);
    expect(asking).toEqual(expect.arrayContaining(["lib/authz/principal.ts", "lib/audit/record.ts"]));
  });

  test("an address from outside that a browser is sent to passes its one check (S11)", () => {
    const asked =
      /postedText\(\w+, "next"\)|earchParams\)?\.next\b|query\.next\b|callbackUrl|get\("x-gatehouse-path"\)/;
    const lines = code
      .filter((path) => /^(app|lib|components|middleware)\b/.test(path) && !isTest(path) && path !== self)
      .flatMap((path) => textOf(path).split("\n"))
      .map((line) => line.trim());
    const asking = lines.filter((line) => asked.test(line) && !line.startsWith("*"));
    expect(asking.length).toBeGreaterThan(8);
    expect(asking.filter((line) => !/\bown(Path|Address)\b/.test(line))).toEqual([]);
  });

  test("an id that comes in is read by the one schema that knows its spelling", () => {
    const reading = code.filter((path) => !isTest(path) && /\bz\.(uuid|guid|string\(\)\.uuid)/.test(textOf(path)));
    expect(reading).toEqual([]);
    const shaped = code.filter((path) => /\[0-9a-f\]\{8\}\(?-/.test(textOf(path)));
    expect(shaped.filter((path) => path.startsWith("lib/") && !isTest(path))).toEqual(["lib/normalization/id.ts"]);
  });

  test("a race begins once everybody is ready: nothing is awaited between its first and its last", () => {
    const races = code.filter((path) => isTest(path) && /Promise\.allSettled\(\[/.test(textOf(path)));
    expect(races.length).toBeGreaterThan(5);
    const early = /Promise\.allSettled\(\[(?:(?!=>|\]\)).)*\bawait\b/s;
    expect(races.filter((path) => path !== self && early.test(textOf(path)))).toEqual([]);
  });

  test("a version is raised together with the event that records it (U9)", () => {
    const raising = code.filter((path) => /\.version\}? \+ 1/.test(textOf(path)));
    expect(raising.filter((path) => !isTest(path))).toEqual(["lib/audit/raise.ts"]);
  });

  test("server actions are in actions.ts alone", () => {
    const serving = code.filter((path) => path !== self && /^\s*["']use server["'];?$/m.test(textOf(path)));
    expect(serving.filter((path) => !/^lib\/[^/]+\/actions\.ts$/.test(path))).toEqual([]);
  });
});

describe("environment", () => {
  const reads = (path: string) => [...textOf(path).matchAll(/process\.env(\.\w+)?/g)].map(([found]) => found);

  test("process.env is read in lib/platform/env.ts, the command line and root configurations alone", () => {
    const elsewhere = code
      .filter((path) => path !== self && path !== "lib/platform/env.ts" && !/^cli\/|^[^/]+\.config\.m?ts$/.test(path))
      .flatMap((path) => reads(path).map((found) => `${path}: ${found}`));
    expect(elsewhere.toSorted()).toEqual([
      "e2e/seed.ts: process.env.GATEHOUSE_THOROUGH",
      "instrumentation.ts: process.env.NEXT_RUNTIME",
      "lib/testing/database.ts: process.env.VITEST_POOL_ID",
    ]);
  });
});

describe("migrations", () => {
  test("the journal's times increase: the migrator skips an entry that is earlier than one already applied", () => {
    const { entries } = JSON.parse(textOf("db/migrations/meta/_journal.json")) as {
      entries: { idx: number; when: number; tag: string }[];
    };
    expect(entries.length).toBeGreaterThan(8);
    expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, place) => place));
    expect(entries.map(({ when }) => when)).toEqual(
      [...new Set(entries.map(({ when }) => when))].toSorted((a, b) => a - b),
    );
    for (const { idx, tag } of entries) expect(tag.startsWith(`${String(idx).padStart(4, "0")}_`), tag).toBe(true);
  });
});

describe("names, sizes, words", () => {
  test("no file is called by what it does not say", () => {
    const vague = /\/(utils?|helpers?|misc|common|types|index)\.\w+$/;
    const known = ["bench/index.ts", "db/schema/index.ts", "db/seed/index.ts"];
    expect(code.filter((path) => vague.test(path) && !known.includes(path))).toEqual([]);
  });

  test("files are kebab-case", () => {
    const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
    expect(code.filter((path) => !kebab.test(basename(path)))).toEqual([]);
  });

  test("no file is longer than 300 lines", () => {
    const long = code.filter((path) => !path.endsWith(".test.ts") && lines(path) > 300);
    expect(long.map((path) => `${path}: ${lines(path)}`)).toEqual([]);
  });

  test("nothing is unfinished", () => {
    const words = new RegExp(`\\b(${["TODO", "FIXME", "XXX", "HACK"].join("|")})\\b`);
    expect(code.filter((path) => path !== self && words.test(textOf(path)))).toEqual([]);
  });

  test("no fixed wait, no test that is left out or alone", () => {
    const faults =
      /waitForTimeout|(?<!\.)\bsetTimeout\(|\b(it|test|describe)\.(skip|only|todo|fixme|fails)\b|\b(sleep|pause)\(/;
    expect(code.filter((path) => isTest(path) && path !== self && faults.test(textOf(path)))).toEqual([]);
  });

  test("the interface has one word for one thing (docs/decisions/0036-words-on-screens.md)", () => {
    const words = /\b(can['’]t|(leave|left) (it )?empty)\b/i;
    expect(
      code.filter((path) => /^(app|components|lib)\//.test(path) && path !== self && words.test(textOf(path))),
    ).toEqual([]);
  });

  test("the interface neither begs nor cheers", () => {
    const words = /\b(please|oops|successfully|are you sure)\b/i;
    expect(code.filter((path) => /^(app|components)\//.test(path) && words.test(textOf(path)))).toEqual([]);
  });
});

describe("documents", () => {
  test("every rule that is cited is in docs/rules.md", () => {
    const rules = new Set([...textOf("docs/rules.md").matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, rule]) => rule));
    expect(rules.size).toBeGreaterThan(80);
    const cited = projectFiles
      .filter((path) => /^(app|components|lib|db|e2e|cli)\/.*\.tsx?$/.test(path) && path !== self)
      .flatMap((path) =>
        [...textOf(path).matchAll(/[("`]((?:[A-Z]\d{1,2}(?:, | and |: ))*[URCTSILPB]\d{1,2})[):]/g)].flatMap(
          ([, found]) => (found ?? "").split(/, | and |: /).map((rule) => ({ path, rule })),
        ),
      );
    expect(cited.length).toBeGreaterThan(300);
    expect(cited.filter(({ rule }) => !rules.has(rule))).toEqual([]);
  });

  const documents = named(/\.md$/);
  const roots = /^(\.ci|app|bench|cli|components|db|docs|e2e|examples|lib|public)\//;
  const extensions = [".ts", ".tsx", ".mts", ".mjs", ".cjs", ".md", ".sql", ".png", ".example", ".json"];

  test("there are the pages of a project", () => {
    expect(documents).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md"]));
    expect(named(/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/).length).toBe(named(/^docs\/decisions\//).length);
  });

  /** What is in backticks, is linked, or is plain text below a folder of ours. `<noun>` and wildcards do not count. */
  function citedIn(path: string): string[] {
    const text = textOf(path);
    const patterns = [/`([^`\s]+)`/g, /\]\(([^)\s]+)\)/g, /(?:^|[\s(])([a-z0-9]+\/[\w./@-]+)/gm];
    const words = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, word]) => word ?? ""));
    const cited = words.map((word) => word.replace(/[.,:;]+$/, ""));
    return [...new Set(cited)].filter((word) => roots.test(word) && !/[<>*{}]/.test(word));
  }

  test("cited paths are found", () => {
    expect(citedIn("docs/decisions/0008-dialog-routes.md")).toContain("app/admin/users/@dialog/[...rest]/page.tsx");
    expect(citedIn("CONTRIBUTING.md")).toContain("e2e/account.spec.ts");
    expect(citedIn("README.md").length).toBeGreaterThan(10);
  });

  test.each(documents)("every path cited in %s exists", (path) => {
    const missing = citedIn(path).filter((cited) => !existsSync(cited) && !existsSync(join(dirname(path), cited)));
    expect(missing).toEqual([]);
  });

  test("every file that a document names without its folder exists, except what is said to be absent", () => {
    const known = new Set(projectFiles.map((path) => basename(path)));
    const absent = ["client.json", "registration.json", "secrets.json", "proxy.ts", "loading.tsx"];
    const missing = documents.flatMap((path) =>
      [...textOf(path).matchAll(/`([\w.-]+)`/g)]
        .map(([, word]) => word ?? "")
        .filter((word) => extensions.includes(extname(word)) && !absent.includes(word) && !known.has(word))
        .map((word) => `${path}: ${word}`),
    );
    expect(missing).toEqual([]);
  });

  test("every path named in a comment exists", () => {
    const missing = code.flatMap((path) =>
      textOf(path)
        .split("\n")
        .filter((line) => /^\s*(\/\/|\/\*\*|\*)/.test(line))
        .flatMap((line) => line.match(/\b(app|cli|components|db|e2e|lib)\/[\w./()@[\]-]+\.(tsx?|mjs|sql)\b/g) ?? [])
        .filter((cited) => !existsSync(cited))
        .map((cited) => `${path}: ${cited}`),
    );
    expect(missing).toEqual([]);
  });

  test("the README's table of who signs in is the cast", () => {
    const readme = textOf("README.md");
    const rows = cast.map(
      ({ username, firstName, lastName, is }) => `| \`${username}\` | ${firstName} ${lastName} | ${is} |`,
    );
    for (const row of rows) expect(readme).toContain(row);
    expect(readme).toContain(`\`${demoPassword}\``);
  });

  test("every npm script that a document names exists", () => {
    const scripts = Object.keys((JSON.parse(textOf("package.json")) as { scripts: object }).scripts);
    const cited = documents.flatMap((path) => [...textOf(path).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name));
    expect(cited.filter((name) => !scripts.includes(name ?? ""))).toEqual([]);
    expect(statSync("LICENSE").isFile()).toBe(true);
  });
});
