import { expect, test } from "vitest";
import type { ListedUser } from "@/lib/people/rows";
import { packUsers } from "./packed-users";

const manager = { id: "1", name: "Manager", kind: "primary", groups: [] } as const;
const tester = { id: "2", name: "Tester", kind: "additional", groups: ["Berlin", "Paris"] } as const;
const person = (id: string, more: Partial<ListedUser> = {}): ListedUser => ({
  id,
  name: `Person ${id}`,
  username: id,
  email: `${id}@northwind.example`,
  roles: [{ ...manager, groups: [] }],
  configuration: "default",
  groups: { names: [], count: 0 },
  status: "active",
  clients: { registered: 0, total: 0 },
  lastSignInAt: null,
  createdAt: new Date(0),
  picture: undefined,
  ...more,
});

test("a name that several rows say travels once, and every row finds its own", () => {
  const { rows, words } = packUsers([
    person("a", {
      roles: [
        { ...manager, groups: [] },
        { ...tester, groups: [...tester.groups] },
      ],
    }),
    person("b", { groups: { names: ["Berlin"], count: 12 }, lastSignInAt: new Date(90_500) }),
  ]);
  expect(words).toEqual([...new Set(words)]);
  const at = (place: number | null) => words[place ?? -1];
  const [[, , , , primary, additional, configuration], second] = rows as [(typeof rows)[0], (typeof rows)[0]];
  expect([at(primary), at(configuration)]).toEqual(["Manager", "default"]);
  const [[role, groups]] = additional as [[number, number[]]];
  expect([at(role), groups.map(at)]).toEqual(["Tester", ["Berlin", "Paris"]]);
  expect([second[7].map(at), second[8], second[12]]).toEqual([["Berlin"], 12, 90]);
});
