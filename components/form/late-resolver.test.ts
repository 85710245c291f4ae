import { expect, test, vi } from "vitest";
import { z } from "zod";
import { lateResolver } from "./late-resolver";

const named = z.strictObject({ name: z.string().min(1, "Enter a name.") });
const options = { fields: {}, shouldUseNativeValidation: false };

test("a form is checked by a schema that is fetched once, and sends what was typed", async () => {
  const schema = vi.fn(async () => named);
  const { fetch, resolver } = lateResolver(schema);
  expect(schema).not.toHaveBeenCalled();
  await fetch();
  expect(await resolver({ name: "" }, undefined, options)).toMatchObject({
    errors: { name: { message: "Enter a name." } },
  });
  expect(await resolver({ name: "Ada" }, undefined, options)).toEqual({ values: { name: "Ada" }, errors: {} });
  expect(schema).toHaveBeenCalledTimes(1);
});

test("without its schema a form leaves the check to the server, and asks for it again", async () => {
  const schema = vi.fn(async () => named).mockRejectedValueOnce(new Error("offline"));
  const { resolver } = lateResolver(schema);
  expect(await resolver({ name: "" }, undefined, options)).toEqual({ values: { name: "" }, errors: {} });
  expect(await resolver({ name: "" }, undefined, options)).toMatchObject({ errors: { name: {} } });
});
