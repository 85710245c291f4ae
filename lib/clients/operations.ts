import type { Told } from "@/lib/audit/told";
import { type Part, type Phrase, text } from "@/lib/audit/words";
import { operationsOf, people, peopleAndSelf, proven, self } from "@/lib/kernel/operation";

const client = (told: Told) => [...told.thing("client"), ...told.belongingTo()];
const ofClient = (past: string, base: string): Phrase => ({ past, base, object: client });

/** What a client does by itself. */
const ofItself = (past: string, noun: string): Phrase => ({
  whole: (told) =>
    told.succeeded
      ? [...capital(client(told)), text(` ${past}`), ...told.from()]
      : [
          text(`${noun} of `),
          ...client(told),
          ...told.failure(),
          ...told.because(),
          ...told.repeatedly(),
          ...told.from(),
        ],
});

export const clientOperations = operationsOf({
  "client.read": {
    noun: "Clients",
    sentence: "See a user's clients",
    scopes: peopleAndSelf,
    icon: "eye",
    told: ofClient("saw", "see"),
  },
  "client.manage": {
    noun: "Clients",
    sentence: "Manage a user's clients",
    scopes: people,
    personal: true,
    icon: "pencil",
    told: ofClient("changed", "change"),
  },
  "client.generate": {
    noun: "Clients",
    sentence: "Generate a client and its token",
    scopes: peopleAndSelf,
    under: "client.manage",
    personal: true,
    stepUp: true,
    icon: "key",
    told: {
      past: "generated",
      base: "generate",
      object: (told) => [...told.thing("client"), ...told.belongingTo("for")],
    },
    tells: ["status", "name"],
    creates: true,
  },
  "client.confirm": {
    noun: "Clients",
    sentence: "Confirm that a token is stored",
    scopes: peopleAndSelf,
    under: "client.manage",
    personal: true,
    changesNothing: true,
    icon: "shield",
    told: {
      past: "confirmed",
      base: "confirm",
      object: (told) => [text("that the token of "), ...client(told), text(" is stored")],
    },
    tells: ["tokenStored"],
  },
  "client.deregister": {
    noun: "Clients",
    sentence: "Deregister a client",
    scopes: peopleAndSelf,
    under: "client.manage",
    personal: true,
    icon: "unplug",
    told: ofClient("deregistered", "deregister"),
    tells: ["status"],
  },
  "client.reregister": {
    noun: "Clients",
    sentence: "Reregister a client",
    scopes: peopleAndSelf,
    under: "client.manage",
    personal: true,
    stepUp: true,
    icon: "refresh",
    told: ofClient("reregistered", "reregister"),
    tells: ["status"],
  },
  "client.reprovision": {
    noun: "Clients",
    sentence: "Reprovision a client",
    scopes: people,
    under: "client.manage",
    personal: true,
    stepUp: true,
    icon: "refresh",
    told: ofClient("reprovisioned", "reprovision"),
    tells: ["status"],
  },
  "client.renew": {
    noun: "Clients",
    sentence: "Replace the unused token of one's own client",
    scopes: self,
    stepUp: true,
    icon: "refresh",
    told: {
      past: "replaced",
      base: "replace",
      object: (told) => [text("the unused token of "), ...client(told)],
    },
  },
  "client.rename": {
    noun: "Clients",
    sentence: "Rename a client",
    scopes: peopleAndSelf,
    under: "client.manage",
    personal: true,
    icon: "pencil",
    told: ofClient("renamed", "rename"),
  },
  "client.delete": {
    noun: "Clients",
    sentence: "Delete a deregistered client",
    scopes: people,
    under: "client.manage",
    personal: true,
    icon: "trash",
    told: ofClient("deleted", "delete"),
    tells: ["status"],
  },
  "client.disconnect": {
    noun: "Clients",
    sentence: "End the tokens of a client",
    scopes: peopleAndSelf,
    under: "client.manage",
    personal: true,
    icon: "sign-out",
    told: ofClient("disconnected", "disconnect"),
  },
  "client.refuse": {
    noun: "Clients",
    sentence: "Refuse a client",
    scopes: proven,
    changesNothing: true,
    icon: "unplug",
    told: {
      whole: (told) => [
        ...capital(client(told)),
        ...told.failure(),
        ...told.because(),
        ...told.repeatedly(),
        ...told.from(),
      ],
    },
  },
  "client.revoke": {
    noun: "Clients",
    sentence: "Revoke a client's own access token",
    scopes: proven,
    changesNothing: true,
    icon: "sign-out",
    told: ofItself("revoked one of its access tokens", "Revocation of an access token"),
  },
  "client.notice_copy": {
    noun: "Clients",
    sentence: "Notice that a client runs in two places",
    scopes: proven,
    icon: "flag",
    told: ofItself("runs in two places", "Notice of a second run"),
  },
  "client.register": {
    noun: "Clients",
    sentence: "Register with a provision token",
    scopes: proven,
    icon: "plug",
    told: ofItself("registered", "Registration"),
    tells: ["status"],
  },
});

function capital([first, ...more]: Part[]): Part[] {
  if (first?.kind !== "text") return first ? [first, ...more] : [];
  return [text(first.text.charAt(0).toUpperCase() + first.text.slice(1)), ...more];
}
