import { expect, test } from "vitest";
import { createShare } from "@/lib/capacity/share";
import { refused } from "@/lib/testing/company";

const busy = "Two of yours are running.";

test("a third of one person is refused until a place is given back, others are not", () => {
  const share = createShare("each", { each: 2, busy });
  const [one] = [share.take("eve"), share.take("eve")];
  expect(() => share.take("eve")).toThrow(busy);
  share.take("lee");
  one?.();
  one?.();
  share.take("eve");
  expect(() => share.take("eve")).toThrow(busy);
});

test("beyond the number of everybody one more is refused", () => {
  const share = createShare("in all", { each: 1, inAll: 2, busy });
  const release = share.take("eve");
  share.take("lee");
  expect(() => share.take("quinn")).toThrow(/The server is busy/);
  release();
  share.take("quinn");
});

test("work that fails gives its place back", async () => {
  const share = createShare("failing", { each: 1, busy });
  const failing = share.within("eve", async () => {
    await expect(share.within("eve", async () => {})).rejects.toEqual(refused("rate_limited"));
    throw new Error("failed");
  });
  await expect(failing).rejects.toThrow("failed");
  await expect(share.within("eve", async () => "done")).resolves.toBe("done");
});
