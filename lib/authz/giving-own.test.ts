import { describe, expect, test } from "vitest";
import { scopes } from "@/db/enums";
import { type Random, randomFrom } from "@/db/seed/random";
import type { Catalogue, CataloguedRole } from "@/lib/authz/catalogue";
import { decideByScope, holds } from "@/lib/authz/evaluate";
import { holdsToGive } from "@/lib/authz/grants";
import { fitsOnToken, limitToCeiling, limitToOperations } from "@/lib/authz/limit";
import { type Access, type EffectiveRole, holdingsOf, openedBy, type Scope } from "@/lib/authz/model";
import { accessUnder, rolesUnder } from "@/lib/authz/service-accounts";
import { carriedKeys, type OperationKey, operationOf } from "@/lib/operations";
import { accessWith, role } from "@/lib/testing/access";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";

const seed = seedOfRun();
const often = rounds(60, 1_000);

/** Everything that a role can carry, at each scope. */
const catalogue = carriedKeys.flatMap((operation) =>
  operationOf(operation).scopes.map((scope) => ({ operation, scope })),
);
const ends = [null, new Date("2099-01-02T18:00:00Z"), new Date("2099-05-01T00:00:00Z")];

const someOf = <T>(random: Random, list: readonly T[]) => {
  const share = random.pick([0.02, 0.2, 0.7, 1]);
  return list.filter(() => random.chance(share));
};

const drawRole = (random: Random, name: string): EffectiveRole =>
  role({
    name,
    id: name,
    kind: "primary",
    origins: [{ via: "direct", groupId: null, groupName: null, endsAt: random.pick(ends) }],
    operations: someOf(random, catalogue),
  });

const drawPerson = (random: Random, personId: string): Access => ({
  ...accessWith(drawRole(random, "Ladder"), { ...drawRole(random, "More"), kind: "additional" }),
  personId,
  endsAt: random.pick(ends),
});

type Drawn = { what: string; access: Access; holders: Access[]; own: Access };

/** An actor that acts for somebody, and the people who each have to hold what it gives. `own`: by what it may do itself. */
function drawActors(random: Random): Drawn[] {
  const [owner, earlier] = [drawPerson(random, "owner"), drawPerson(random, "earlier")];
  const stored: CataloguedRole[] = ["One", "Two"].map((name) => ({
    ...{ id: name, name, kind: "additional", admin: false, needs: [] },
    operations: someOf(random, catalogue),
  }));
  const roles: Catalogue = {
    version: "1",
    roles: new Map(stored.map((one) => [one.id, one])),
    apps: [],
    appOperations: [],
  };
  const carried = someOf(random, carriedKeys).filter(fitsOnToken);
  const account = (maker: Access | null) =>
    limitToOperations(accessUnder(owner, rolesUnder(owner, roles, ["One", "Two"], maker), maker), carried);
  const token = limitToOperations(owner, carried);
  const provider = limitToCeiling(owner, someOf(random, catalogue));
  return [
    { what: "token", access: token, holders: [owner], own: token },
    { what: "service account", access: account(null), holders: [owner], own: account(null) },
    { what: "token of an earlier owner", access: account(earlier), holders: [owner, earlier], own: account(earlier) },
    { what: "provider", access: provider, holders: [owner, provider], own: provider },
  ];
}

describe(`what acts for somebody gives no more than they hold: ${often} times, seed ${seed}`, () => {
  test("of the whole catalogue, for every scope and end (R8, R15, T1, T6)", () => {
    const random = randomFrom(seed);
    const counted = { given: 0, withheld: 0, beyondItself: 0 };
    for (let round = 0; round < often; round++)
      for (const { what, access, holders, own } of drawActors(random))
        for (const { operation, scope } of catalogue) {
          const until = random.pick(ends);
          const asked = `${what}: ${operation} ${scope} until ${until?.toISOString() ?? "ever"}`;
          if (!holdsToGive(access, operation, scope, until)) {
            counted.withheld++;
            continue;
          }
          counted.given++;
          for (const holder of holders) expect(holds(holder, operation, scope, until), asked).toBe(true);
          if (holds(own, operation, scope, until)) continue;
          counted.beyondItself++;
          expect([what, scope], asked).not.toContain("provider");
          expect(scope, asked).toBe("self");
          expect(isOwnAlone(operation), asked).toBe(true);
        }
    tell("giving for somebody", counted);
    expect(Math.min(...Object.values(counted))).toBeGreaterThan(often);
  });

  test("a service account holds nothing at its own account, whatever its roles carry (T6)", () => {
    const random = randomFrom(seed);
    for (let round = 0; round < often; round++)
      for (const { what, access } of drawActors(random).filter(({ what }) => !["token", "provider"].includes(what)))
        expect([what, holdingsOf(access).filter(({ scope }) => scope === "self")]).toEqual([what, []]);
  });
});

/** No token carries it, or it is for one's own account alone. */
const isOwnAlone = (operation: OperationKey) =>
  !fitsOnToken(operation) || operationOf(operation).scopes.every((scope) => scope === "self");

test("what is given beyond what a token carries reaches only people who hold it, and so does what it opens", () => {
  const everybodyElse = [
    { self: false, reports: true, ownedGroups: true },
    { self: false, reports: false, ownedGroups: false },
  ];
  const given = catalogue.filter(({ operation, scope }) => scope === "self" && isOwnAlone(operation));
  expect(given.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(["account.update", "token.create", "token.regenerate", "service_account.issue_token"]),
  );
  for (const held of given)
    for (const opened of openedBy(held.operation) as OperationKey[]) {
      const access = accessWith(role({ operations: [held as { operation: string; scope: Scope }] }));
      for (const relation of everybodyElse)
        expect([opened, decideByScope(access, opened, relation).allowed]).toEqual([opened, false]);
      for (const wider of scopes.filter((scope) => scope !== "self"))
        expect([opened, wider, holds(access, opened, wider)]).toEqual([opened, wider, false]);
    }
});
