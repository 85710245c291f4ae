import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NewPasswordField } from "@/components/form/new-password-field";
import { passwordProblem } from "@/lib/auth/password-rules";

const repeated = "abcabcabcabcabcabc";
const refused = passwordProblem(repeated, []) ?? "";

const times = (error?: string) =>
  renderToStaticMarkup(<NewPasswordField label="Password" typed={repeated} error={error} />).split(refused).length - 1;

test("a rule is said once to be seen and once to be heard, and once where the field's error says it", () => {
  expect(times()).toBe(2);
  expect(times("Another sentence.")).toBe(2);
  expect(times(refused)).toBe(1);
});
