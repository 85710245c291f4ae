import { addressOf } from "./clients";
import { day, daysBefore, idAt, minute, type SeedPerson } from "./factories";
import { type Random, randomFrom } from "./random";

export type SeedSignIn = {
  /** The session's, where it came to one. */
  id: string;
  personId: string | null;
  at: Date;
  address: string;
  agent: string | null;
  refused: string | null;
  /** How many tries one event records. */
  count: number | null;
};

const agents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
  "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
];

const strangers = ["203.0.113.44", "203.0.113.91"];

/** Thirty days of sign-ins with the shape of working weeks, everyday mistakes, and one night of guessing. */
export function makeSignIns(people: SeedPerson[], now: Date): SeedSignIn[] {
  const random = randomFrom(3_303);
  const signIns = people.flatMap((person) => (person.diligence > 0 ? signInsOf(person, now, random) : []));
  return [...signIns, ...guessing(people, now, random)].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function signInsOf(person: SeedPerson, now: Date, random: Random): SeedSignIn[] {
  const agent = random.pick(agents);
  const until = new Date(
    Math.min(
      ...[now, person.changedAt, person.accessEndsAt, person.lockedAt].map((end) => end?.getTime() ?? now.getTime()),
    ),
  );
  const made = (at: Date, refused: string | null = null): SeedSignIn => ({
    id: idAt(at, random),
    personId: person.id,
    at,
    address: addressOf(person),
    agent,
    refused,
    count: null,
  });
  const signIns: SeedSignIn[] = [];
  const first = new Date(Math.max(person.createdAt.getTime() + 2 * 60 * minute, daysBefore(now, 30).getTime()));
  for (let at = workingHour(first, random); at < until; at = workingHour(new Date(at.getTime() + day), random)) {
    const weekend = [0, 6].includes(at.getUTCDay());
    if (at < first || !random.chance(weekend ? person.diligence * 0.07 : person.diligence)) continue;
    if (random.chance(0.04)) signIns.push(made(new Date(at.getTime() - minute), "wrong password"));
    signIns.push(made(at));
  }
  if (signIns.length === 0 && daysBefore(until, 40) > person.createdAt)
    signIns.push(made(workingHour(daysBefore(until, random.between(32, 40)), random)));
  if (signIns.length > 0 && isHere(person, random))
    signIns.push(made(new Date(now.getTime() - random.between(8, 340) * minute)));
  if (person.lockedAt)
    for (let seconds = 4; seconds >= 0; seconds--)
      signIns.push(made(new Date(person.lockedAt.getTime() - seconds * 9_000), "wrong password"));
  return signIns;
}

/** Signed in at this moment, whatever the hour at which the demonstration is loaded. */
const isHere = (person: SeedPerson, random: Random) =>
  person.status === "active" &&
  !person.lockedAt &&
  !person.accessEndsAt &&
  (["quinn", "lee", "eve"].includes(person.username) || random.chance(0.1));

/** On the same day, around the time when people begin. */
function workingHour(on: Date, random: Random): Date {
  const start = Date.UTC(on.getUTCFullYear(), on.getUTCMonth(), on.getUTCDate(), 6, 40);
  return new Date(start + Math.floor((random.next() + random.next()) * 120 * minute) + random.between(0, 59) * 1000);
}

/** Eleven nights ago: too few tries for each account to lock it. */
function guessing(people: SeedPerson[], now: Date, random: Random): SeedSignIn[] {
  const night = new Date(daysBefore(now, 11));
  night.setUTCHours(2, 10, 0, 0);
  const tries: SeedSignIn[] = [];
  const victims = people.filter(
    ({ status, diligence, createdAt }) => status === "active" && diligence > 0 && createdAt < night,
  );
  for (const person of victims.slice(9, 48))
    for (let count = random.between(1, 4); count > 0; count--) {
      const at = new Date(night.getTime() + random.between(0, 45 * 60) * 1000);
      tries.push({
        id: idAt(at, random),
        personId: person.id,
        at,
        address: random.pick(strangers),
        agent: "python-requests/2.32.3",
        refused: "wrong password",
        count: null,
      });
    }
  for (const [address, count] of [
    [strangers[0]!, 61],
    [strangers[1]!, 38],
  ] as const) {
    const at = new Date(night.getTime() + 46 * minute);
    tries.push({ id: idAt(at, random), personId: null, at, address, agent: null, refused: "unknown name", count });
  }
  return tries;
}
