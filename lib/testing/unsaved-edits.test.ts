import { describe, expect, test } from "vitest";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** Every form with edits asks before they are lost, and keeps them as a draft without secrets. */
const uncommented = (path: string) => textOf(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

describe("unsaved edits", () => {
  const drawn = projectFiles.filter((path) => /^(app|components)\/.*\.tsx$/.test(path));

  /** Nothing is edited in these, or not by anybody who is signed in; and a tried request is not kept. */
  const plain = [
    "app/(public)/enrol-factor/page.tsx",
    "components/api-reference/try-it.tsx",
    "components/audit/date-range.tsx",
    "components/auth/new-password-form.tsx",
    "components/auth/provider-button.tsx",
    "components/auth/sign-in-form.tsx",
    "components/auth/sign-out-form.tsx",
    "components/auth/sign-out-offer.tsx",
    "components/auth/stop-viewing.tsx",
    "components/factors/second-factor-form.tsx",
    "components/form/form.tsx",
    "components/links/confirm-email-form.tsx",
    "components/links/request-link-form.tsx",
    "components/list/columns-menu.tsx",
    "components/list/search-box.tsx",
    "components/setup/setup-form.tsx",
  ];

  test("every other form is a Form of useActionForm, which requires how its edits are kept", () => {
    expect(drawn.filter((path) => /<form\b/.test(uncommented(path))).toSorted()).toEqual(plain);
    const made = projectFiles.filter(
      (path) => /\.tsx?$/.test(path) && !isTest(path) && /\buseForm[<(]/.test(uncommented(path)),
    );
    expect(made).toEqual(["components/form/use-action-form.ts"]);
    expect(
      drawn.filter(
        (path) => /formProps\b.* = use\w*Form\(/.test(textOf(path)) && !/<Form(Dialog)?\b/.test(textOf(path)),
      ),
    ).toEqual([]);
  });

  test("a form without a draft only asks for a proof or confirms something", () => {
    expect(drawn.filter((path) => /^\s*draft: null,$/m.test(textOf(path))).toSorted()).toEqual([
      "components/auth/proof-form.tsx",
      "components/factors/add-authenticator.tsx",
      "components/factors/add-passkey.tsx",
      "components/users/disable-dialog.tsx",
      "components/users/purge-dialog.tsx",
      "components/users/reset-password-dialog.tsx",
    ]);
  });

  test("what a form sets by itself makes it dirty, so that it is asked about and kept", () => {
    const set = drawn.flatMap((path) =>
      [...textOf(path).matchAll(/\bform\.setValue\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g)].map(
        ([, given = ""]) => `${path}: ${given.replace(/\s+/g, " ").trim()}`,
      ),
    );
    expect(set.length).toBeGreaterThan(15);
    expect(set.filter((given) => !/\bshouldDirty: true\b|\bedited\b/.test(given))).toEqual([]);
  });

  test("no form lists a secret for its draft", () => {
    const lists = drawn.flatMap((path) =>
      [...textOf(path).matchAll(/\bdraft: \{[^\]]*?\bfields: ([^\]]*\])/g)].map(([, fields]) => `${path}: ${fields}`),
    );
    expect(lists.length).toBeGreaterThan(12);
    expect(lists.filter((list) => /"(\w*(password|secret|token)|code|entry|credentials)"/i.test(list))).toEqual([]);
  });
});
