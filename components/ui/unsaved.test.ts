import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answerLeaving, hasUnsaved, holdUnsaved, leaving } from "@/components/ui/unsaved";

type Part = Element & { holds: unknown[] };
const part = (...holds: unknown[]) => ({ holds, contains: (other: unknown) => holds.includes(other) }) as never as Part;

const page = part();
const window = { addEventListener: vi.fn(), removeEventListener: vi.fn() };
const ends: (() => void)[] = [];
let answers: ((discard: boolean) => void)[] = [];

beforeEach(() => {
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", window);
  answers = [];
  ends.push(answerLeaving(() => new Promise((resolve) => answers.push(resolve))));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

function edits(element: Element | null = null) {
  const discard = vi.fn();
  ends.push(holdUnsaved({ element: () => element, discard }));
  return discard;
}

it("proceeds at once when there is nothing to lose", () => {
  const proceed = vi.fn();
  leaving(proceed);
  expect(proceed).toHaveBeenCalledOnce();
  expect(answers).toEqual([]);
});

it("asks once, and proceeds after the edits are discarded", async () => {
  const [discard, proceed, second] = [edits(), vi.fn(), vi.fn()];
  leaving(proceed);
  leaving(second);
  expect(answers).toHaveLength(1);
  answers[0]?.(true);
  await vi.waitFor(() => expect(proceed).toHaveBeenCalledOnce());
  expect(discard).toHaveBeenCalledOnce();
  expect(hasUnsaved()).toBe(false);
  expect(second).not.toHaveBeenCalled();
});

it("stays when the person continues editing, and asks again the next time", async () => {
  const [discard, proceed] = [edits(), vi.fn()];
  leaving(proceed);
  answers[0]?.(false);
  await vi.waitFor(() => {
    leaving(proceed);
    expect(answers).toHaveLength(2);
  });
  answers[1]?.(false);
  expect(proceed).not.toHaveBeenCalled();
  expect(discard).not.toHaveBeenCalled();
  expect(hasUnsaved()).toBe(true);
});

it("asks a dialog about the edits inside it alone", async () => {
  const inside = part();
  const dialog = part(inside);
  const outer = edits(part());
  const proceed = vi.fn();
  leaving(proceed, dialog);
  expect(proceed).toHaveBeenCalledOnce();
  const inner = edits(inside);
  leaving(proceed, dialog);
  answers[0]?.(true);
  await vi.waitFor(() => expect(proceed).toHaveBeenCalledTimes(2));
  expect(inner).toHaveBeenCalledOnce();
  expect(outer).not.toHaveBeenCalled();
  expect(hasUnsaved()).toBe(true);
});

it("has the browser ask about a reload exactly while there are edits", () => {
  const first = holdUnsaved({ element: () => null, discard: () => {} });
  const second = holdUnsaved({ element: () => null, discard: () => {} });
  expect(window.addEventListener).toHaveBeenCalledWith("beforeunload", expect.any(Function));
  first();
  expect(window.removeEventListener).not.toHaveBeenCalled();
  second();
  expect(window.removeEventListener).toHaveBeenCalledWith("beforeunload", expect.any(Function));
});
