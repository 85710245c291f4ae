import { expect, test } from "vitest";
import { createQueue } from "@/lib/capacity/queue";
import { refused } from "@/lib/testing/company";

const bounds = { atOnce: 1, mostWaiting: 2, full: "Too much.", retryAfter: 7 };

/** Work that ends when it is stopped. */
function work() {
  let began = false;
  let resolve: (value: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const end = new Promise<string>((done, failed) => {
    [resolve, reject] = [done, failed];
  });
  const run = () => {
    began = true;
    return end;
  };
  return { run, resolve, reject, began: () => began };
}

test("one runs, two wait, one more is refused; each next begins as one ends, failed or not", async () => {
  const { inTurn, isFull } = createQueue("test", bounds);
  const [first, second, third] = [work(), work(), work()];
  const [one, two, three] = [first, second, third].map(({ run }) => inTurn(run));
  expect([first.began(), second.began(), third.began()]).toEqual([true, false, false]);
  expect(isFull()).toBe(true);
  await expect(inTurn(async () => "late")).rejects.toMatchObject({ code: "rate_limited", retryAfter: 7 });
  first.reject(new Error("failed"));
  await expect(one).rejects.toThrow("failed");
  second.resolve("second");
  await expect(two).resolves.toBe("second");
  third.resolve("third");
  await expect(three).resolves.toBe("third");
  expect(isFull()).toBe(false);
  await expect(inTurn(async () => "again")).resolves.toBe("again");
});

test("two bundles of the process share one queue of a name", async () => {
  const [here, there] = [createQueue("shared", bounds), createQueue("shared", bounds)];
  const [first, ...more] = [work(), work(), work()];
  const running = [here.inTurn(first.run), ...more.map(({ run }) => there.inTurn(run))];
  await expect(here.inTurn(async () => "late")).rejects.toEqual(refused("rate_limited"));
  for (const { resolve } of [first, ...more]) resolve("done");
  await expect(Promise.all(running)).resolves.toEqual(["done", "done", "done"]);
});
