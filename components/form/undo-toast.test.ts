import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { toastWithUndo } from "@/components/form/undo-toast";
import { Withdrawn } from "@/components/form/withdrawn";
import { hearToasts, type Told } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/http/action";

let told: Told[];
let stop: () => void;
beforeEach(() => {
  told = [];
  stop = hearToasts((one) => told.push(one));
});
afterEach(() => stop());

type Pressed = { onClick: (event: never) => void };

const words = () => told.splice(0).map(({ kind, words }) => `${kind}: ${words}`);

/** Presses "Undo" of the last toast that offers it, as often as there are answers, and returns what was said. */
async function undone(run: () => Promise<ActionResult<unknown>>, times = 1) {
  toastWithUndo("Nina Weber is disabled", {
    about: "nina",
    what: "disable Nina Weber",
    done: "Nina Weber is enabled again",
    run,
  });
  for (let press = 0; press < times; press += 1) {
    const before = told.length;
    const offered = told.flatMap(({ options }) => (options?.action ? [options.action as Pressed] : [])).at(-1);
    offered?.onClick(undefined as never);
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(before));
  }
  return words();
}

const answering = (...answers: (ActionResult<unknown> | Error)[]) => {
  const run = vi.fn<() => Promise<ActionResult<unknown>>>();
  for (const answer of answers) {
    if (answer instanceof Error) run.mockRejectedValueOnce(answer);
    else run.mockResolvedValueOnce(answer);
  }
  return run;
};

const done: ActionResult<unknown> = { ok: true, value: null };

test.each([
  ["the server did not respond", new TypeError("Failed to fetch"), ["error: The server didn't respond. Try again."]],
  [
    "the session has ended",
    { ok: false, code: "unauthenticated", message: "Your session has ended. Sign in again." } as const,
    ["error: Your session has ended. Sign in again."],
  ],
  ["the confirmation was closed", new Withdrawn(), []],
])("it is offered again when %s", async (_, first, said) => {
  const run = answering(first, done);
  expect(await undone(run, 2)).toEqual([
    ...["success: Nina Weber is disabled", "success: Nina Weber is disabled", ...said],
    "success: Nina Weber is enabled again",
  ]);
  expect(run).toHaveBeenCalledTimes(2);
});

test("a refusal ends it", async () => {
  const run = answering({ ok: false, code: "forbidden", message: "You cannot enable Nina Weber." });
  expect(await undone(run)).toEqual(["success: Nina Weber is disabled", "error: You cannot enable Nina Weber."]);
});
