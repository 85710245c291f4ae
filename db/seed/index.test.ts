import { describe, expect, test } from "vitest";
import { makeDemonstration } from "@/db/seed";

const hour = 60 * 60_000;
const moments = Array.from({ length: 24 }, (_, at) => new Date(Date.UTC(2026, 10, 20, 3) + at * 31 * hour));

describe("makeDemonstration", () => {
  test("is the same for the same moment", () => {
    const now = moments[0]!;
    expect(makeDemonstration(now)).toEqual(makeDemonstration(now));
  });

  test.each(moments)("is in itself consistent as of %s", (now) => {
    const { people, clients, signIns } = makeDemonstration(now);
    const byName = new Map(people.map((person) => [person.username, person]));
    const byId = new Map(people.map((person) => [person.id, person]));
    expect([byName.size, byId.size]).toEqual([209, 209]);

    for (const person of people) {
      expect(person.username).toMatch(/^[a-z0-9.-]{3,64}$/);
      expect(
        person.createdAt < now && (!person.changedAt || person.changedAt > person.createdAt),
        person.username,
      ).toBe(true);
      const above = chainOf(person.username, byName).at(-1);
      if (above !== "ada") expect([above, person.status]).toEqual([person.username, "invited"]);
    }
    expect(people.filter(({ manager }) => manager === null)).toHaveLength(3);
    expect(new Set(clients.map(({ owner, name }) => `${owner} ${name}`)).size).toBe(clients.length);
    for (const { owner, createdAt, registeredAt, lastHeartbeatAt, deregisteredAt, name } of clients) {
      const told = [byName.get(owner)?.createdAt, createdAt, registeredAt, lastHeartbeatAt, deregisteredAt, now];
      const known = told.flatMap((moment) => (moment ? [moment.getTime()] : []));
      expect(known, name).toEqual([...known].sort((a, b) => a - b));
    }
    for (const { personId, at, refused } of signIns) {
      const person = personId ? byId.get(personId) : undefined;
      expect(at <= now && (!person || at > person.createdAt)).toBe(true);
      if (person?.status === "archived" && !refused) expect(at < person.changedAt!).toBe(true);
    }
  });
});

function chainOf(username: string, people: Map<string, { manager: string | null }>): string[] {
  const chain = [username];
  for (let above = people.get(username)?.manager; above; above = people.get(above)?.manager) {
    if (chain.includes(above)) throw new Error(`${above} is above themselves`);
    chain.push(above);
  }
  return chain;
}
