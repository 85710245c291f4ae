import { expect, test } from "vitest";
import { tokenFile } from "./token-file";

test.each([
  ["lab-rig-03", "lab-rig-03.token"],
  ["Zoë's laptop", "Zoe-s-laptop.token"],
  ["$(rm -rf ~); `id`", "rm-rf-id.token"],
  ["-rf", "rf.token"],
  ["../../etc", "etc.token"],
  ["実験室", "client.token"],
])("the file for %s is %s", (name, file) => {
  expect(tokenFile(name)).toBe(file);
});
