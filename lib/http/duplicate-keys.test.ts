import { expect, test } from "vitest";
import { duplicateKeys } from "@/lib/http/duplicate-keys";

test.each([
  ["{}", []],
  ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":1}]}', []],
  ['{"a":1,"a":2}', ["/a"]],
  ['{"a" : 1, "\\u0061" : 2}', ["/a"]],
  ['{"x":[1,{"k":1},{"k":1,"k":[]}]}', ["/x/2/k"]],
  ['{"a":"\\"b\\":1,","b":"a: {","c":["}",":"]}', []],
  ['{"a/b":{"~":1,"~":2}}', ["/a~1b/~0"]],
  ['["a","a"]', []],
])("%s", (text, pointers) => {
  JSON.parse(text);
  expect(duplicateKeys(text)).toEqual(pointers);
});

test("a megabyte is read in one go", () => {
  expect(duplicateKeys(`{"a":"${"x".repeat(1_000_000)}","a":1}`)).toEqual(["/a"]);
  expect(duplicateKeys(`${"[".repeat(400_000)}${"]".repeat(400_000)}`)).toEqual([]);
  expect(duplicateKeys(`[${'"",'.repeat(300_000)}1]`)).toEqual([]);
});
