import { v7 } from "uuid";
import type { UserStatus } from "../enums";
import { type CastMember, cast, demoDomain } from "./cast";
import { namesakes } from "./names";
import { type Random, randomFrom } from "./random";

export const day = 24 * 60 * 60_000;
export const minute = 60_000;

export type SeedPerson = {
  id: string;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  primaryRole: string;
  additionalRoles: { name: string; endsAt: Date | null }[];
  manager: string | null;
  status: UserStatus;
  disabledReason: string | null;
  disabledUntil: Date | null;
  /** When the state that is no longer active began. */
  changedAt: Date | null;
  accessEndsAt: Date | null;
  lockedAt: Date | null;
  mustChangePassword: boolean;
  groups: { name: string; endsAt: Date | null }[];
  createdAt: Date;
  /** How likely a sign-in is on a working day; 0 never. */
  diligence: number;
};

export const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * day);

/** A UUIDv7 of that moment, the same for the same seed. */
export const idAt = (moment: Date, random: Random) => v7({ msecs: moment.getTime(), random: random.bytes(16) });

const special: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", þ: "th", ı: "i" };

const plain = (name: string) =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[łøđßæþı]/g, (letter) => special[letter] ?? letter)
    .replace(/[^a-z0-9-]/g, "");

/** The cast and 200 more people in an organisation of managers, leads and engineers, as of `now`. */
export function makePeople(now: Date): SeedPerson[] {
  const random = randomFrom(1_101);
  const named = cast.map((member, at) => fromCast(member, at, now, random));
  const taken = new Set(named.map(({ username }) => username));
  const make = (primaryRole: string, manager: string, age: number) =>
    makePerson(primaryRole, manager, daysBefore(now, age), taken, random);

  const managers = Array.from({ length: 5 }, () => make("Quality Manager", "ada", 140 - random.next()));
  const leads = Array.from({ length: 24 }, (_, at) =>
    make("Quality Lead", at < 3 ? "quinn" : random.pick(managers).username, 138 - random.next()),
  );
  const engineers = Array.from({ length: 171 }, (_, at) =>
    make(
      "Quality Engineer",
      at < 6 ? "lee" : leads[at % leads.length]!.username,
      random.chance(0.65) ? 136 - random.next() * 4 : random.between(4, 120),
    ),
  );
  giveStates(engineers, now, random);
  giveGaps(leads[20]!, engineers, now);
  const everybody = [...named, ...managers, ...leads, ...engineers];
  giveGroups(managers, leads, engineers, now, random);
  return everybody;
}

const neverAlone = { disabledReason: null, disabledUntil: null, changedAt: null, accessEndsAt: null, lockedAt: null };

function fromCast(member: CastMember, at: number, now: Date, random: Random): SeedPerson {
  const createdAt = new Date(daysBefore(now, member.status === "invited" ? 5 : 142).getTime() + at * 7 * minute);
  const { username, firstName, lastName, primaryRole, manager, status } = member;
  return {
    id: idAt(createdAt, random),
    username,
    email: `${username}@${demoDomain}`,
    firstName,
    lastName,
    primaryRole,
    manager,
    status,
    additionalRoles: member.additionalRoles.map((name) => ({ name, endsAt: null })),
    groups: member.groups.map((name) => ({ name, endsAt: null })),
    ...neverAlone,
    disabledReason: status === "disabled" ? "On parental leave" : null,
    changedAt: status === "disabled" ? daysBefore(now, 9.3) : status === "archived" ? daysBefore(now, 23.4) : null,
    lockedAt: member.locked ? daysBefore(now, 1.9) : null,
    mustChangePassword: false,
    createdAt,
    diligence: status === "invited" ? 0 : 0.9,
  };
}

function makePerson(
  primaryRole: string,
  manager: string,
  createdAt: Date,
  taken: Set<string>,
  random: Random,
): SeedPerson {
  const { firstName, lastName, username } = newName(taken, random);
  return {
    id: idAt(createdAt, random),
    username,
    email: `${username}@${demoDomain}`,
    firstName,
    lastName,
    primaryRole,
    additionalRoles: [],
    manager,
    status: "active",
    ...neverAlone,
    mustChangePassword: false,
    groups: [],
    createdAt,
    diligence: random.chance(0.08) ? 0.02 : 0.35 + random.next() * 0.55,
  };
}

function newName(taken: Set<string>, random: Random) {
  for (;;) {
    const { first, last } = random.chance(0.015) ? namesakes.at(-1)! : random.pick(namesakes.slice(0, -1));
    const firstName = random.pick(first);
    const lastName = last.length > 0 ? random.pick(last) : "";
    const username = [firstName, lastName].filter(Boolean).map(plain).join(".");
    if (taken.has(username)) continue;
    taken.add(username);
    return { firstName, lastName, username };
  }
}

const reasons = ["On parental leave", "On sabbatical", "Moved to another project", "Laptop lost, under investigation"];

/** Few of each, so that every status and every kind of end can be met. */
function giveStates(engineers: SeedPerson[], now: Date, random: Random) {
  const chosen = [...engineers.slice(12)].sort((a, b) => (a.id.slice(-12) < b.id.slice(-12) ? -1 : 1));
  const take = (count: number) => chosen.splice(0, count);
  take(8).forEach((person, at) => {
    person.status = "disabled";
    person.disabledReason = reasons[at % reasons.length]!;
    person.disabledUntil = at % 4 === 0 ? daysBefore(now, -random.between(20, 90)) : null;
    person.changedAt = daysBefore(now, random.between(2, 60) + 0.4);
  });
  for (const person of take(5)) {
    person.status = "archived";
    person.changedAt = daysBefore(now, random.between(6, 80) + 0.4);
  }
  for (const person of take(6)) {
    person.status = "invited";
    person.createdAt = daysBefore(now, random.between(1, 25) + 0.4);
    person.id = idAt(person.createdAt, random);
    person.diligence = 0;
  }
  for (const person of take(6)) {
    person.createdAt = daysBefore(now, random.between(1, 12) + 0.4);
    person.id = idAt(person.createdAt, random);
    person.mustChangePassword = true;
    person.diligence = 0;
  }
  take(7).forEach((person, at) => {
    person.accessEndsAt = at === 0 ? daysBefore(now, 3) : daysBefore(now, -random.between(9, 150));
  });
  for (const person of [...engineers.filter(({ changedAt }) => changedAt !== null)]) {
    if (person.changedAt! <= person.createdAt) {
      person.createdAt = daysBefore(person.changedAt!, random.between(20, 50));
      person.id = idAt(person.createdAt, random);
    }
  }
}

/** What the organisation chart has to mend: a lead who is away for long, and two who came without a manager. */
function giveGaps(lead: SeedPerson, engineers: SeedPerson[], now: Date) {
  lead.status = "disabled";
  lead.disabledReason = "On sabbatical";
  lead.changedAt = daysBefore(now, 12.4);
  for (const person of engineers.filter(({ status }) => status === "invited").slice(-2)) person.manager = null;
}

/** Managers are in all that carry roles, so that they hold what the people below them hold. */
function giveGroups(managers: SeedPerson[], leads: SeedPerson[], engineers: SeedPerson[], now: Date, random: Random) {
  const staff = engineers.filter(({ status, diligence }) => status === "active" && diligence > 0);
  const add = (person: SeedPerson, name: string, endsAt: Date | null = null) => person.groups.push({ name, endsAt });
  for (const person of managers) for (const name of ["Staging", "Release"]) add(person, name);
  for (const person of leads.slice(0, 9)) add(person, "Release");
  for (const person of staff.slice(0, 30))
    add(person, "Regression", random.chance(0.15) ? daysBefore(now, -random.between(5, 60)) : null);
  for (const person of staff.slice(22, 40))
    add(person, "Staging", random.chance(0.3) ? daysBefore(now, -random.between(3, 45)) : null);
  for (const person of staff.slice(60, 63)) add(person, "Release");
  add(staff[64]!, "Staging", daysBefore(now, 4));
}
