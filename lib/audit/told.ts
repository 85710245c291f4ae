import type { LoggedEvent } from "@/lib/audit/event";
import { valueParts } from "@/lib/audit/fields";
import { type Part, reasonInLog, strong, text } from "@/lib/audit/words";

/** One event while its sentence is being made: hands out its facts and remembers which it gave. */
export class Told {
  readonly event: LoggedEvent;
  /** On this person's own page their name is not repeated where it is plain. */
  readonly about: string | null;
  private readonly told = new Set<string>();

  constructor(event: LoggedEvent, about: string | null) {
    this.event = event;
    this.about = about;
  }

  /** A fact that the sentence includes; absent and empty ones are undefined. */
  fact(name: string): unknown {
    this.told.add(name);
    const value = this.event.values[`fact.${name}`];
    return value === null || value === "" ? undefined : value;
  }

  words(name: string): string | undefined {
    const value = this.fact(name);
    return value === undefined ? undefined : String(value);
  }

  /** What the sentence does not include, without empty values. */
  rest(): [name: string, value: unknown][] {
    return Object.entries(this.event.values)
      .filter(([path]) => path.startsWith("fact."))
      .map(([path, value]): [string, unknown] => [path.slice("fact.".length), value])
      .filter(([name, value]) => !this.told.has(name) && !isNothing(value));
  }

  get own(): boolean {
    return this.event.person !== null && this.event.person.id === this.event.actor.id;
  }

  get succeeded(): boolean {
    return this.event.outcome === "succeeded";
  }

  /** The person concerned, by today's name; `otherwise` when the event concerns nobody. */
  person(otherwise: string): Part[] {
    const { person } = this.event;
    if (!person) {
      const name = this.words("name");
      return [name ? strong(name) : text(otherwise)];
    }
    this.told.add("name");
    return [personPart(person, person.name ?? null)];
  }

  /** " of Eve Engineer", unless it is the actor's own or the page is about her. */
  belongingTo(word = "of"): Part[] {
    const { person } = this.event;
    if (!person || this.own || person.id === this.about) return [];
    return [text(` ${word} `), ...this.person("somebody")];
  }

  thing(noun: string): Part[] {
    const name = this.words(noun) ?? this.event.target.name;
    return name ? [text(`${noun} `), strong(name)] : [text(`a ${noun}`)];
  }

  /** "operation project.create", "2 operations: project.create, report.view" */
  things(one: string, many: string): Part[] {
    const named = this.fact(many);
    const names = Array.isArray(named) ? named : [];
    if (names.length === 0) return [text(`an ${one}`)];
    if (names.length === 1) return [text(`${one} `), strong(String(names[0]))];
    return [text(`${names.length} ${many}: `), ...valueParts(names)];
  }

  /** ", from 10.20.4.31" */
  from(): Part[] {
    const { address } = this.event.values;
    return typeof address === "string" ? [text(`, from ${address}`)] : [];
  }

  /** ": the account is disabled", without a full stop; in quotes if it addresses the person who tried: ": “You don't have permission to …”" */
  because(): Part[] {
    const reason = reasonInLog(this.words("reason") ?? "").replace(/\.$/, "");
    if (!reason) return [];
    const [open, close] = /\byou(r|'re)?\b/i.test(reason) ? ["“", "”"] : ["", ""];
    return [text(`: ${open}`), ...valueParts(reason), text(close)];
  }

  /** " until 5 December": a fact behind the words that lead to it; nothing without the fact. */
  after(words: string, name: string): Part[] {
    const value = this.fact(name);
    return value === undefined ? [] : [text(words), ...valueParts(value)];
  }

  /** ", 12 times within a minute" */
  repeatedly(): Part[] {
    const count = this.fact("count");
    return typeof count === "number" && count > 1 ? [text(`, ${count} times within a minute`)] : [];
  }

  /** " refused", " failed" */
  failure(): Part[] {
    return [text(this.event.outcome === "failed" ? " failed" : " refused")];
  }

  /** "Sign-in of Eve Engineer refused: wrong password, from 10.20.4.31": an attempt without an actor. */
  refusalOf(what: string, failure = this.failure()): Part[] {
    return [text(what), ...this.belongingTo(), ...failure, ...this.because(), ...this.from()];
  }
}

export const isNothing = (value: unknown) =>
  value === null || value === "" || value === 0 || (Array.isArray(value) && value.length === 0);

export function personPart(person: { id: string; visible: boolean }, name: string | null): Part {
  return { kind: "person", id: person.id, text: name ?? purgedName(person.id), visible: person.visible, strong: true };
}

/** U14: readable as "purged user" with the last characters of the id. */
export const purgedName = (id: string) => `purged user …${id.slice(-4)}`;

export function actorParts({ event }: Told): Part[] {
  const { kind, id, name } = event.actor;
  if (kind === "operator") return [strong("The server's owner")];
  if (kind === "provider") return [text("Identity provider "), strong(name ?? (id ? `…${id.slice(-4)}` : "unknown"))];
  if (kind === "client") return [text("Client "), strong(name ?? (id ? `…${id.slice(-4)}` : "unknown"))];
  if ((kind === "person" || kind === "token") && id)
    return [personPart({ id, visible: event.actor.visible }, name), ...byToken(event)];
  if (kind === "service_account") {
    const { account } = event.values;
    const called = name ?? (typeof account === "string" ? account : `…${id?.slice(-4)}`);
    const part: Part = { kind: "account", id: id ?? "", text: called, visible: event.actor.visible };
    return [text("Service account "), part, ...byToken(event)];
  }
  return [strong(event.requestId === null && event.values.address === undefined ? "Gatehouse" : "Somebody")];
}

/** " by token nightly, created by Ada Admin,": the last part where somebody else made it (T4). */
function byToken({ values: { token, maker } }: LoggedEvent): Part[] {
  if (typeof token !== "string") return [];
  const made = typeof maker === "string" ? [text(", created by "), strong(maker), text(",")] : [];
  return [text(" by token "), strong(token), ...made];
}
