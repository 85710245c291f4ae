import { afterEach, describe, expect, it, vi } from "vitest";
import { answerSignIns, noteSomebodyElse } from "@/components/form/sign-in-again";
import { answerStepUps, proving } from "@/components/form/step-up";
import { Withdrawn } from "@/components/form/withdrawn";
import type { ActionResult } from "@/lib/http/action";

const done: ActionResult<string> = { ok: true, value: "done" };
const refused = (code: "unauthenticated" | "stale" | "forbidden"): ActionResult<string> => ({
  ok: false,
  code,
  message: code,
});
const acting = (...results: ActionResult<string>[]) => {
  const act = vi.fn<() => Promise<ActionResult<string>>>();
  for (const result of results) act.mockResolvedValueOnce(result);
  return act;
};

const ends: (() => void)[] = [];
const answering = (answer: boolean) => {
  const ask = vi.fn(async () => answer);
  ends.push(answerSignIns(ask));
  return ask;
};
afterEach(() => {
  for (const end of ends.splice(0)) end();
  noteSomebodyElse(false);
});

describe("a session that has ended", () => {
  it("is asked for, and the action is done again by itself", async () => {
    const ask = answering(true);
    const act = acting(refused("unauthenticated"), done);
    expect(await proving(act)).toEqual(done);
    expect(act).toHaveBeenCalledTimes(2);
    expect(ask).toHaveBeenCalledOnce();
  });

  it("is shown as the refusal that it was when the question is closed, or nobody can ask", async () => {
    expect(await proving(acting(refused("unauthenticated")))).toEqual(refused("unauthenticated"));
    answering(false);
    const act = acting(refused("unauthenticated"));
    expect(await proving(act)).toEqual(refused("unauthenticated"));
    expect(act).toHaveBeenCalledOnce();
  });

  it("may then still require step-up (S8)", async () => {
    answering(true);
    ends.push(answerStepUps(async () => true));
    expect(await proving(acting(refused("unauthenticated"), refused("stale"), done))).toEqual(done);
  });
});

describe("a session of somebody else", () => {
  it("sends nothing while it lasts", async () => {
    answering(false);
    noteSomebodyElse(true);
    const act = acting(done);
    await expect(proving(act)).rejects.toThrow(Withdrawn);
    expect(act).not.toHaveBeenCalled();
  });

  it("continues once the person of the page is back", async () => {
    answering(true);
    noteSomebodyElse(true);
    expect(await proving(acting(done))).toEqual(done);
  });
});

it("leaves every other refusal alone", async () => {
  const ask = answering(true);
  expect(await proving(acting(refused("forbidden")))).toEqual(refused("forbidden"));
  expect(ask).not.toHaveBeenCalled();
});
