import { setTimeout as sleep } from "node:timers/promises";
import { demoPassword } from "@/db/seed/cast";
import { hiddenFields, post, type Timed, timed } from "../sign-in-form";

interface FloodOptions {
  /** A server of the demonstration that trusts the address that we claim to come from. */
  baseUrl: string;
  atOnce: number;
  seconds: number;
}

export type Answers = { asked: number; p50: number; p95: number };

/** Times in milliseconds. */
export type FloodResult = {
  /** `answered`: looked at, and refused in the form. `failed`: neither that nor 429. */
  wrong: Answers & { answered: number; refused429: number; failed: number };
  right: Answers & { succeeded: number };
  pages: Answers & { failed: number };
};

const [flooder, owner, reader] = ["198.51.100.66", "192.0.2.10", "192.0.2.11"];

/** Floods from one address with wrong passwords of people who sign in, in the meantime, on devices that are known. */
export async function flood({ baseUrl, atOnce, seconds }: FloodOptions): Promise<FloodResult> {
  const form = await hiddenFields(baseUrl);
  const enter = (name: string, password: string, address: string, cookie?: string) =>
    timed(() => post(baseUrl, { ...form, name, password, next: "/account" }, address, cookie));
  const cookie = cookiesOf(await enter("ada", demoPassword, reader));
  const people = ["ada", "quinn", "lee", "eve", "audrey"];
  const devices = new Map<string, string>();
  for (const name of people) devices.set(name, cookiesOf(await enter(name, demoPassword, owner)));
  const end = Date.now() + seconds * 1000;
  const during = async <T>(act: (turn: number) => Promise<T>, pause = 0) => {
    const done: T[] = [];
    for (let turn = 0; Date.now() < end; turn++) {
      done.push(await act(turn));
      if (pause) await sleep(pause);
    }
    return done;
  };
  const nameAt = (turn: number) => people[turn % people.length] ?? "";
  const [wrong, right, pages] = await Promise.all([
    Promise.all(Array.from({ length: atOnce }, () => during((turn) => enter(nameAt(turn), "wrong", flooder)))),
    during((turn) => enter(nameAt(turn), demoPassword, owner, devices.get(nameAt(turn))), 500),
    during(() => timed(() => fetch(`${baseUrl}/account`, { redirect: "manual", headers: { cookie } })), 100),
  ]);
  const guesses = wrong.flat();
  const counted = (status: number) => guesses.filter(({ answer }) => answer.status === status).length;
  const [answered, refused429] = [counted(200), counted(429)];
  const failed = guesses.length - answered - refused429;
  const succeeded = right.filter(({ answer }) => answer.status === 303).length;
  return {
    wrong: { ...timesOf(guesses), answered, refused429, failed },
    right: { ...timesOf(right), succeeded },
    pages: { ...timesOf(pages), failed: pages.filter(({ answer }) => answer.status !== 200).length },
  };
}

/** What a browser would send back. */
export const cookiesOf = ({ answer }: Timed) =>
  answer.headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");

/** In whole milliseconds. */
export function timesOf(answers: Timed[]): Answers {
  const times = answers.map(({ time }) => Math.round(time)).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { asked: times.length, p50: at(0.5), p95: at(0.95) };
}
