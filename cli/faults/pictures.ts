import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/db/embedded";
import { demoPassword } from "@/db/seed/cast";
import { runMain } from "../run-main";
import { hiddenFields, post, timed } from "../sign-in-form";
import { type FaultServer, withFaultServer } from "./fault-server";
import { type Answers, cookiesOf, timesOf } from "./flood-sign-ins";
import type { SendOrder } from "./send-pictures";
import { memoryOf, serverProcess } from "./server-process";

/**
 * One engineer sends 20 large pictures at once, again and again, while somebody else reads pages and a third signs in.
 * Prints what it counted. The goals: pages at most twice as slow, at most 400 MB, and both as before within a minute.
 */
const [atOnce, seconds, mostMemory, patience] = [20, 30, 400, 60_000];

const addresses = { eve: "198.51.100.66", ada: "192.0.2.11", lee: "192.0.2.10" };

runMain(() => withFaultServer("pictures", measure));

type Around = { pages: Answers & { failed: number }; signIns: Answers & { succeeded: number } };

async function measure({ baseUrl }: FaultServer): Promise<number> {
  const pid = serverProcess();
  const sender = await startSender();
  const form = await hiddenFields(baseUrl);
  const enter = (name: keyof typeof addresses, cookie?: string) =>
    timed(() => post(baseUrl, { ...form, name, password: demoPassword, next: "/account" }, addresses[name], cookie));
  const [eve, ada, lee] = [cookiesOf(await enter("eve")), cookiesOf(await enter("ada")), cookiesOf(await enter("lee"))];

  const around = async (end: number): Promise<Around> => {
    const [pages, signIns] = await Promise.all([
      until(end, 50, () => timed(() => fetch(`${baseUrl}/account`, { redirect: "manual", headers: { cookie: ada } }))),
      until(end, 500, () => enter("lee", lee)),
    ]);
    const failed = pages.filter(({ answer }) => answer.status !== 200).length;
    const succeeded = signIns.filter(({ answer }) => answer.status === 303).length;
    return { pages: { ...timesOf(pages), failed }, signIns: { ...timesOf(signIns), succeeded } };
  };

  // From the beginning, so that looking costs those before and those during it the same.
  const most = { own: 0, started: 0 };
  const watch = setInterval(() => {
    const { own, started } = memoryOf(pid);
    most.own = Math.max(most.own, own);
    most.started = Math.max(most.started, started);
  }, 200);
  await around(Date.now() + 5_000);
  const before = await around(Date.now() + 10_000);
  const atRest = memoryOf(pid);
  const [during, answers] = await Promise.all([
    around(Date.now() + seconds * 1_000),
    sender.send({ baseUrl, cookie: eve, address: addresses.eve, atOnce, seconds }),
  ]);
  clearInterval(watch);

  const over = Date.now();
  let after = await around(Date.now() + 5_000);
  while (!isBack(before, after, atRest.own, memoryOf(pid).own) && Date.now() < over + patience)
    after = await around(Date.now() + 5_000);
  const back = Math.round((Date.now() - over) / 1_000);

  console.table(sender.sizes);
  console.table({ "pictures, by answer": answers });
  console.table({ "pages before": before.pages, "pages during": during.pages, "pages after": after.pages });
  console.table({ "sign-ins before": before.signIns, "sign-ins during": during.signIns });
  console.table({ "resident MB at rest": atRest, "at most": most, after: memoryOf(pid) });
  console.log(
    `  Pages take ${(during.pages.p95 / before.pages.p95).toFixed(2)} times as long; ${back} s until all is back`,
  );
  return judge({ before, during, most: most.own, answers, back: isBack(before, after, atRest.own, memoryOf(pid).own) });
}

/** The process that sends, once it has made its pictures. */
async function startSender() {
  const child = fork(new URL("./send-pictures.ts", import.meta.url), { execArgv: ["--import", "tsx"] });
  const [sizes] = (await once(child, "message")) as [{ kind: string; kB: number }[]];
  return {
    sizes,
    async send(order: SendOrder): Promise<Record<string, number>> {
      child.send(order);
      const [answers] = (await once(child, "message")) as [Record<string, number>];
      return answers;
    },
  };
}

async function until<T>(end: number, pause: number, act: (turn: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let turn = 0; Date.now() < end; turn++) {
    done.push(await act(turn));
    if (pause) await sleep(pause);
  }
  return done;
}

const isBack = (before: Around, after: Around, atRest: number, now: number) =>
  after.pages.p95 <= before.pages.p95 * 1.5 && now <= atRest * 1.5;

type Outcome = { before: Around; during: Around; most: number; answers: Record<string, number>; back: boolean };

function judge({ before, during, most, answers, back }: Outcome): number {
  const { pages, signIns } = during;
  const odd = Object.keys(answers).filter((answer) => answer !== "200" && answer !== "429");
  const missed = [
    ...(pages.p95 > 2 * before.pages.p95 ? [`pages' p95 is ${pages.p95} ms, above twice ${before.pages.p95}`] : []),
    ...(pages.failed > 0 ? [`${pages.failed} of ${pages.asked} pages failed`] : []),
    ...(signIns.succeeded < signIns.asked ? [`${signIns.succeeded} of ${signIns.asked} sign-ins succeeded`] : []),
    ...(most > mostMemory ? [`the process had ${most} MB, above ${mostMemory}`] : []),
    ...(answers["200"] ? [] : ["no picture was accepted"]),
    ...(answers["429"] ? [] : ["no picture got 429"]),
    ...odd.map((answer) => `pictures got ${answer}`),
    ...(back ? [] : ["it is not back to normal after a minute"]),
  ];
  if (missed.length > 0) throw new StartError(missed.join("; "));
  return 0;
}
