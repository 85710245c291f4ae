import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ReadOnly } from "@/components/form/read-only";
import { SubmitButton } from "@/components/form/submit-button";

const reason = "You're viewing as Eve Engineer. Stop viewing to make changes.";

const drawn = (why: string | undefined, always = false) =>
  renderToStaticMarkup(
    <ReadOnly reason={why}>
      <SubmitButton always={always}>Save</SubmitButton>
    </ReadOnly>,
  );

test("a page for reading alone turns off what sends a form, with the reason, but for what is always there", () => {
  expect(drawn(undefined)).toContain('type="submit"');
  expect(drawn(reason)).toContain('aria-disabled="true"');
  expect(drawn(reason)).toContain("Stop viewing to make changes.");
  expect(drawn(reason)).not.toContain('type="submit"');
  expect(drawn(reason, true)).toContain('type="submit"');
});
