import { createHash } from "node:crypto";
import type { ClientStatus } from "../enums";
import { day, daysBefore, idAt, minute, type SeedPerson } from "./factories";
import { type Random, randomFrom } from "./random";

export type SeedClient = {
  id: string;
  owner: string;
  name: string;
  status: ClientStatus;
  awaiting: boolean;
  tokenLastFour: string;
  tokenExpiresAt: Date;
  tokenConfirmedAt: Date | null;
  publicKey: Record<string, string> | null;
  keyThumbprint: string | null;
  version: string | null;
  platform: string | null;
  registeredAt: Date | null;
  deregisteredAt: Date | null;
  lastHeartbeatAt: Date | null;
  lastAddress: string | null;
  /** When it was noticed in two places at once. */
  copiedAt: Date | null;
  createdAt: Date;
  /** Days on which it was heard of, as YYYY-MM-DD. */
  days: string[];
  /** Kept beating while the demonstration runs. */
  online: boolean;
};

const platforms = ["Windows 11", "Windows 11", "macOS 15.6", "Ubuntu 24.04", "Debian 13"];
/** What the demonstration calls the newest; the others are outdated. */
export const newestVersion = "4.2.1";
const versions = ["4.2.1", "4.2.1", "4.2.1", "4.2.0", "4.1.6", "3.9.12"];
const purposes = ["workstation", "workstation", "laptop", "laptop", "test-rig", "build-box"];

type Draft = { owner: SeedPerson; name: string; status: ClientStatus; createdAt: Date; silentFor: number | null };

/** Three of eve's, and those of most generated people: registered, deregistered and still waiting. */
export function makeClients(people: SeedPerson[], now: Date): SeedClient[] {
  const random = randomFrom(2_202);
  const clients: SeedClient[] = [];
  for (const owner of people) {
    if (owner.username === "eve") clients.push(...clientsOfEve(owner, now, random));
    else for (const draft of draftsFor(owner, now, random)) clients.push(makeClient(draft, now, random));
  }
  const copied = clients.find(({ owner, online }) => online && owner !== "eve");
  if (copied) copied.copiedAt = new Date(now.getTime() - 5 * 60 * minute);
  return clients;
}

function clientsOfEve(owner: SeedPerson, now: Date, random: Random): SeedClient[] {
  const draft = (name: string, status: ClientStatus, age: number, silentFor: number | null): Draft => ({
    owner,
    name,
    status,
    createdAt: daysBefore(now, age),
    silentFor,
  });
  return [
    draft("eve-workstation", "registered", 130, 0),
    draft("eve-laptop", "deregistered", 96, 6.2 * day),
    draft("lab-rig-03", "provisioned", 1.1, null),
  ].map((each) => makeClient(each, now, random));
}

function draftsFor(owner: SeedPerson, now: Date, random: Random): Draft[] {
  if (owner.diligence === 0 || owner.status === "invited" || owner.primaryRole === "Quality Manager") return [];
  const count = random.chance(0.35) ? 0 : random.chance(0.3) ? 2 : 1;
  const [kept = "client"] = owner.username.split(".");
  const names = new Set(Array.from({ length: count }, () => `${kept}-${random.pick(purposes)}`));
  const end = owner.changedAt ?? now;
  const span = end.getTime() - owner.createdAt.getTime();
  return [...names].map((name) => {
    const createdAt = new Date(owner.createdAt.getTime() + span * (0.05 + random.next() * 0.7));
    const since = now.getTime() - end.getTime();
    if (owner.status === "archived") return { owner, name, status: "deregistered", createdAt, silentFor: since };
    const kind = random.next();
    if (kind < 0.07 && owner.status === "active")
      return {
        owner,
        name,
        status: "provisioned",
        createdAt: daysBefore(now, 0.01 + random.next() * 4),
        silentFor: null,
      };
    if (kind < 0.15)
      return { owner, name, status: "deregistered", createdAt, silentFor: since + random.between(2, 20) * day };
    const silentFor = kind < 0.6 ? 0 : kind < 0.92 ? random.between(40, 4_000) * minute : random.between(15, 40) * day;
    return { owner, name, status: "registered", createdAt, silentFor: since + silentFor };
  });
}

function makeClient({ owner, name, status, createdAt, silentFor }: Draft, now: Date, random: Random): SeedClient {
  const met = status !== "provisioned";
  const registeredAt = met ? new Date(createdAt.getTime() + random.between(3, 90) * minute) : null;
  const heard = silentFor === null ? null : new Date(now.getTime() - silentFor - random.between(4, 50) * 1000);
  const lastHeartbeatAt = heard && registeredAt && heard < registeredAt ? registeredAt : heard;
  const key = met ? { crv: "Ed25519", kty: "OKP", x: Buffer.from(random.bytes(32)).toString("base64url") } : null;
  return {
    id: idAt(createdAt, random),
    owner: owner.username,
    name,
    status,
    awaiting: !met,
    tokenLastFour: Buffer.from(random.bytes(2)).toString("hex"),
    tokenExpiresAt: new Date(createdAt.getTime() + 7 * day),
    tokenConfirmedAt:
      met || owner.username === "eve" || random.chance(0.75) ? new Date(createdAt.getTime() + minute) : null,
    publicKey: key,
    keyThumbprint: key && createHash("sha256").update(JSON.stringify(key)).digest("base64url"),
    version: met ? random.pick(versions) : null,
    platform: met ? random.pick(platforms) : null,
    registeredAt,
    deregisteredAt: status === "deregistered" ? lastHeartbeatAt : null,
    lastHeartbeatAt,
    lastAddress: met ? addressOf(owner) : null,
    copiedAt: null,
    createdAt,
    days: registeredAt && lastHeartbeatAt ? daysHeard(registeredAt, lastHeartbeatAt, now, random) : [],
    online: status === "registered" && silentFor === 0,
  };
}

/** One machine, one address: from the last letters of the person's id. */
export const addressOf = ({ id }: { id: string }) =>
  `10.20.${Number.parseInt(id.slice(-2), 16) % 24}.${2 + (Number.parseInt(id.slice(-4, -2), 16) % 250)}`;

function daysHeard(from: Date, to: Date, now: Date, random: Random): string[] {
  const days = new Set([to.toISOString().slice(0, 10)]);
  for (let age = 0; age < 30; age++) {
    const date = daysBefore(now, age);
    const weekend = [0, 6].includes(date.getUTCDay());
    if (date >= from && date <= to && random.chance(weekend ? 0.25 : 0.92)) days.add(date.toISOString().slice(0, 10));
  }
  return [...days].filter((text) => text >= daysBefore(now, 30).toISOString().slice(0, 10));
}
