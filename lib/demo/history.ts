import type { TargetKind } from "@/db/enums";
import type { Demonstration } from "@/db/seed";
import { addressOf, type SeedClient } from "@/db/seed/clients";
import { day, daysBefore, minute, type SeedPerson } from "@/db/seed/factories";
import type { PastEvent } from "@/lib/audit/history";
import { personValue } from "@/lib/audit/named";
import type { EventDraft, Trace } from "@/lib/audit/record";
import { fullName } from "@/lib/normalization/names";
import type { OperationKey } from "@/lib/operations";

/** Something that was done to a person: `undo` is the state before it. */
type Step = { at: Date; by: SeedPerson; operation: OperationKey; undo: Trace; facts?: Trace };

type Told = {
  at: Date;
  by: SeedPerson | null;
  operation: OperationKey;
  on: SeedPerson | null;
  kind: TargetKind;
  id: string | null;
};

const agent = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/** The audit log of the demonstration, as the commands would have written it. Also returns how often each person was edited. */
export function makeHistory(demo: Demonstration, now: Date): { past: PastEvent[]; edits: Map<string, number> } {
  const people = new Map(demo.people.map((person) => [person.username, person]));
  const ada = people.get("ada")!;
  const stepsOf = planSteps(demo.people, people, now);
  const past = demo.people.flatMap((person) => lifeOf(person, people, ada, stepsOf.get(person.username) ?? []));
  const clients = demo.clients.flatMap((client) => clientEvents(client, people.get(client.owner)!));
  const edits = new Map(
    [...stepsOf].map(([username, steps]) => [
      username,
      steps.filter(({ undo }) => Object.keys(undo).length > 0).length,
    ]),
  );
  return { past: [...past, ...clients, ...signInEvents(demo), ...refusals(people, now)], edits };
}

function planSteps(everybody: SeedPerson[], people: Map<string, SeedPerson>, now: Date): Map<string, Step[]> {
  const steps = new Map<string, Step[]>();
  const [ada, quinn] = [people.get("ada")!, people.get("quinn")!];
  const add = (
    person: SeedPerson | undefined,
    age: number,
    by: SeedPerson,
    undo: Trace,
    operation: OperationKey = "user.update",
    facts?: Trace,
  ) => {
    const at = daysBefore(now, age);
    if (person && at > person.createdAt)
      steps.set(person.username, [...(steps.get(person.username) ?? []), { at, by, operation, undo, facts }]);
  };

  add(people.get("eve"), 0.13, quinn, { groups: ["Regression"] });
  add(people.get("audrey"), 61.2, ada, { additionalRoles: [] });
  for (const person of everybody) {
    const age = (now.getTime() - (person.changedAt?.getTime() ?? 0)) / day;
    if (person.status === "disabled")
      add(person, age, ada, { status: "active" }, "user.disable", {
        reason: person.disabledReason,
        until: person.disabledUntil?.toISOString(),
        sessions: 1,
      });
    if (person.status === "archived")
      add(person, age, ada, { status: "active" }, "user.archive", { sessions: 1, clients: 0, objects: [], reports: 0 });
  }
  const contractors = everybody.filter(({ accessEndsAt }) => accessEndsAt !== null && accessEndsAt > now);
  contractors.forEach((person, at) => {
    add(person, 0.21 + at * 3.4, ada, { accessEndsAt: daysBefore(person.accessEndsAt!, 90).toISOString() });
  });
  const leads = everybody.filter(({ primaryRole, username }) => primaryRole === "Quality Lead" && username !== "lee");
  [40.3, 26.1, 12.2].forEach((age, at) => {
    add(leads[at], age, ada, { primaryRole: "Quality Engineer" });
  });
  const engineers = everybody.filter(
    ({ primaryRole, status, username }) =>
      primaryRole === "Quality Engineer" && status === "active" && username.includes("."),
  );
  [0.6, 2.2, 5.1, 8.3, 15.2, 19.4, 27.3].forEach((age, at) => {
    const former = leads[(at * 5 + 7) % leads.length]!;
    if (former.username !== engineers[at * 9]?.manager)
      add(engineers[at * 9], age, ada, { manager: personValue(former.id) });
  });
  add(engineers[14], 6.4, ada, { email: `${engineers[14]!.username}@contractor.example` });
  add(engineers[31], 16.6, ada, { lastName: "Smith" });
  for (const [at, age] of [
    [22, 1.3],
    [47, 8.2],
  ] as const) {
    const lockedSince = daysBefore(now, age + 0.004);
    add(engineers[at], age, ada, {}, "user.unlock", {
      lockedSince: lockedSince.toISOString(),
      lockedUntil: new Date(lockedSince.getTime() + 15 * minute).toISOString(),
    });
  }
  return steps;
}

/** From now backwards: each step knows the state after it, and the creation the state at first. */
function lifeOf(person: SeedPerson, people: Map<string, SeedPerson>, ada: SeedPerson, steps: Step[]): PastEvent[] {
  let trace = traceOf(person, people);
  const told: PastEvent[] = [];
  for (const { at, by, operation, undo, facts } of [...steps].sort((a, b) => b.at.getTime() - a.at.getTime())) {
    const before = { ...trace, ...undo };
    const changes = Object.keys(undo).length > 0;
    told.push(
      tell(
        { at, by, operation, on: person, kind: "user", id: person.id },
        { before: changes ? before : null, after: changes ? trace : null, facts },
      ),
    );
    trace = before;
  }
  const after = {
    username: person.username,
    configuration: "default",
    ...trace,
    ...(person.status === "invited" ? {} : { password: "set" }),
  };
  const made: Told =
    person === ada
      ? { at: person.createdAt, by: null, operation: "setup.complete", on: person, kind: "setup", id: null }
      : { at: person.createdAt, by: ada, operation: "user.create", on: person, kind: "user", id: person.id };
  const facts = { name: fullName(person), ...(person === ada ? { preset: "Quality assurance" } : {}) };
  return [...told, tell(made, { after, facts })];
}

function traceOf(person: SeedPerson, people: Map<string, SeedPerson>): Trace {
  const dated = ({ name, endsAt }: { name: string; endsAt: Date | null }) =>
    endsAt ? `${name} until ${endsAt.toISOString()}` : name;
  const manager = person.manager ? people.get(person.manager) : undefined;
  return {
    status: person.status,
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    primaryRole: person.primaryRole,
    additionalRoles: person.additionalRoles.map(dated).sort(),
    groups: person.groups.map(dated).sort(),
    manager: personValue(manager?.id ?? null),
    accessEndsAt: person.accessEndsAt?.toISOString() ?? null,
    mustChangePassword: person.mustChangePassword,
  };
}

function clientEvents(client: SeedClient, owner: SeedPerson): PastEvent[] {
  const facts = { client: client.name };
  const on = (at: Date, by: SeedPerson | null, operation: OperationKey): Told => ({
    at,
    by,
    operation,
    on: owner,
    kind: "client",
    id: client.id,
  });
  const events = [
    tell(on(client.createdAt, owner, "client.generate"), {
      after: { name: client.name, status: "provisioned" },
      facts,
    }),
  ];
  if (client.tokenConfirmedAt)
    events.push(
      tell(on(client.tokenConfirmedAt, owner, "client.confirm"), {
        before: { tokenStored: false },
        after: { tokenStored: true },
        facts,
      }),
    );
  if (client.registeredAt) {
    const said = { ...facts, version: client.version, platform: client.platform };
    events.push(
      tell(on(client.registeredAt, null, "client.register"), {
        before: { status: "provisioned" },
        after: { status: "registered" },
        facts: said,
        address: addressOf(owner),
      }),
    );
  }
  if (client.deregisteredAt && owner.status !== "archived")
    events.push(
      tell(on(client.deregisteredAt, owner, "client.deregister"), {
        before: { status: "registered" },
        after: { status: "deregistered" },
        facts,
      }),
    );
  return events;
}

const signInEvents = ({ signIns }: Demonstration): PastEvent[] =>
  signIns.map(({ id, at, personId, address, agent: device, refused, count }) => ({
    witness: { actor: { kind: "nobody" }, source: { address, agent: device, requestId: null }, now: () => at },
    draft: {
      operation: refused ? "session.refuse" : "session.start",
      outcome: refused ? "refused" : "succeeded",
      target: { kind: "session", id: refused ? null : id, personId },
      before: null,
      after: null,
      facts: refused ? { reason: refused, ...(count === null ? {} : { count }) } : undefined,
    },
  }));

function refusals(people: Map<string, SeedPerson>, now: Date): PastEvent[] {
  const refused = (age: number, by: string, operation: OperationKey, on: string, reason: string) =>
    tell(
      {
        at: daysBefore(now, age),
        by: people.get(by)!,
        operation,
        on: people.get(on)!,
        kind: "user",
        id: people.get(on)!.id,
      },
      { facts: { reason }, outcome: "refused" },
    );
  return [
    refused(
      3.3,
      "quinn",
      "user.update",
      "audrey",
      "Audrey Auditor can see a user, which you cannot. Only somebody with that permission can do this.",
    ),
    refused(10.4, "quinn", "user.disable", "dan", "None of your roles lets you disable a user."),
    refused(17.2, "ada", "user.disable", "ada", "You cannot disable yourself."),
  ];
}

type More = Partial<Pick<EventDraft, "before" | "after" | "facts" | "outcome">> & { address?: string };

function tell(
  { at, by, operation, on, kind, id }: Told,
  { before = null, after = null, facts, outcome = "succeeded", address }: More,
): PastEvent {
  return {
    witness: {
      actor: by ? { kind: "person", id: by.id } : { kind: "nobody" },
      source: { address: by ? addressOf(by) : (address ?? null), agent: by ? agent : null, requestId: null },
      now: () => at,
    },
    draft: { operation, outcome, target: { kind, id, personId: on?.id ?? null }, before, after, facts },
  };
}
