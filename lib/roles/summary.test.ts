import { describe, expect, test } from "vitest";
import type { Scope } from "@/db/enums";
import { presets } from "@/db/seed/presets/presets";
import { carriedKeys, operationKeys, operationOf } from "@/lib/operations";
import type { MatrixGroup } from "@/lib/roles/matrix";
import { summaryOf } from "@/lib/roles/summary";
import { missedWords, summaryWords } from "@/lib/roles/summary-words";

const matrix: MatrixGroup[] = [
  {
    noun: "Everything",
    operations: [
      ...carriedKeys.map((operation) => {
        const { sentence, scopes, under } = operationOf(operation);
        return { operation, sentence, scopes, under: under ? { operation: under, sentence } : null, everything: false };
      }),
      ...["Run a test step", "View reports"].map((sentence, at) => ({
        operation: `app.${at}`,
        sentence,
        scopes: ["all"] as const,
        under: null,
        everything: false,
      })),
    ],
  },
];

const told = (...held: [operation: string, ...scopes: Scope[]][]) =>
  summaryOf(
    matrix,
    held.flatMap(([operation, ...scopes]) => scopes.map((scope) => ({ operation, scope }))),
  )
    .filter(({ reach }) => reach !== "none")
    .flatMap(({ sentences }) => sentences);

describe("the summary of a role", () => {
  test("has words for every operation that a role can carry, and for no other", () => {
    expect(Object.keys(summaryWords).sort()).toEqual([...carriedKeys].sort());
    expect(missedWords.every(({ operation }) => (operationKeys as string[]).includes(operation))).toBe(true);
  });

  test("says what is held, by reach and the widest first", () => {
    expect(
      told(
        ["client.manage", "owned_groups"],
        ["user.disable", "reports"],
        ["user.update", "reports"],
        ["user.read", "all"],
      ),
    ).toEqual([
      "Can see everyone.",
      "Can edit and disable people below.",
      "Can manage clients of members of own groups.",
    ]);
  });

  test("says two scopes at once, and one's own account apart", () => {
    expect(told(["client.read", "self", "reports", "owned_groups"], ["user.read", "reports", "owned_groups"])).toEqual([
      "Can see people below and members of own groups.",
      "Can see clients of people below and members of own groups.",
      "Can see own clients.",
    ]);
  });

  test("joins what is done alike, and leaves out what comes with something wider", () => {
    expect(
      told(["client.read", "all"], ["session.read", "all"], ["role.read", "all"], ["setting.read", "all"]),
    ).toEqual(["Can see everyone's clients and sessions.", "Can see roles and settings."]);
    expect(told(["client.manage", "all"], ["client.rename", "reports"], ["client.rename", "self"])).toEqual([
      "Can manage everyone's clients.",
    ]);
    expect(told(["token.manage", "reports"], ["token.issue", "reports"])).toEqual([
      "Can see and revoke access tokens of people below.",
      "Can create access tokens for people below.",
    ]);
  });

  test("speaks of groups as groups, and of the product in its own words", () => {
    expect(told(["group.update", "owned_groups"], ["group.add_member", "owned_groups"], ["app.1", "all"])).toEqual([
      "Can edit own groups.",
      "Can add members to own groups.",
      'In the product: "View reports".',
    ]);
  });

  test("says what is missing of what one asks first; nothing for a role without any", () => {
    const last = summaryOf(matrix, [
      { operation: "user.read", scope: "all" },
      { operation: "audit.read", scope: "all" },
    ]).at(-1);
    expect(last).toEqual({
      reach: "none",
      sentences: [
        "Cannot create, edit, disable or remove users.",
        "Cannot manage clients of others.",
        "Cannot edit groups or roles.",
        "Cannot change settings.",
      ],
    });
    expect(summaryOf(matrix, [])).toEqual([]);
  });

  test("every role of every preset is said in sentences that end", () => {
    for (const { roles } of presets)
      for (const { operations } of roles)
        for (const { sentences } of summaryOf(matrix, operations))
          for (const sentence of sentences) expect(sentence).toMatch(/^(Can|Cannot|In the product:) [^{}]+\.$/);
  });
});
