import { type Build, cpuOf, get, type Served } from "./build";

const rounds = 5;
const seconds = 6;
export const connections = 4;

/** What is asked again and again, of a build or of another program: pages a second, and the processor of its process if that is known. */
export type Asked = { name: string; served: Served; path: string; pid?: number };
/** The best round: pages a second, and milliseconds of the process's processor for a page. */
export type Rate = { rate: number; cpu: number };

export const askedOf = (build: Build, path: string): Asked => ({
  name: build.name,
  served: build,
  path,
  pid: build.pid,
});

/** Asks each of them in turn, so that all meet the same machine. */
export async function measureRates(all: Asked[]): Promise<Rate[]> {
  const found = all.map(() => [] as Rate[]);
  for (const asked of all) await load(asked);
  for (let round = 0; round < rounds; round++)
    for (const [at, asked] of all.entries()) found[at]?.push(await load(asked));
  return found.map((taken) => ({
    rate: Math.max(...taken.map(({ rate }) => rate)),
    cpu: Math.min(...taken.map(({ cpu }) => cpu)),
  }));
}

async function load({ name, served, path, pid }: Asked): Promise<Rate> {
  const spent = () => (pid ? cpuOf(pid) : Number.NaN);
  const [began, cpu] = [performance.now(), spent()];
  let pages = 0;
  const ask = async () => {
    while (performance.now() - began < seconds * 1_000) {
      const { status } = await get(served, path);
      if (status !== 200) throw new Error(`${name} answers ${path} with ${status}`);
      pages += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  return { rate: (pages * 1_000) / (performance.now() - began), cpu: (spent() - cpu) / pages };
}
