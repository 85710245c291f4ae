import { counted } from "@/lib/lists/format-total";

/** What the nouns are called whose things have an owner (U11); lib/users/owned-nouns.ts says where they are stored. */
export const ownedWords = {
  group: { one: "group", many: "groups" },
  service_account: { one: "service account", many: "service accounts" },
  identity_provider: { one: "identity provider", many: "identity providers" },
  resource: { one: "resource", many: "resources" },
} as const;

export type OwnedKind = keyof typeof ownedWords;

export const ownedKinds = Object.keys(ownedWords) as OwnedKind[];

/** Things of a noun with types are named up to so many; more of them by type. */
export const namedUpTo = 20;

/** "4,000 resources of type assistant" */
export const manyOfType = (kind: OwnedKind, type: string, count: number) => {
  const { one, many } = ownedWords[kind];
  return `${counted(count, one, many)} of type ${type}`;
};

type Thing = { kind: string; name: string; type?: string | null };

/** Those that are named, and the others by type, in their order. */
export function inShort<T extends Thing>(things: T[]): { named: T[]; types: { type: string; things: T[] }[] } {
  const typed = things.filter(({ type }) => type);
  if (typed.length <= namedUpTo) return { named: things, types: [] };
  const types = new Map<string, T[]>();
  for (const thing of typed) {
    const of = types.get(thing.type ?? "");
    if (of) of.push(thing);
    else types.set(thing.type ?? "", [thing]);
  }
  return {
    named: things.filter(({ type }) => !type),
    types: [...types].map(([type, of]) => ({ type, things: of })),
  };
}

/** The same in words, as events have them. */
export function namesInShort(things: Thing[]): string[] {
  const { named, types } = inShort(things);
  const many = types.map(({ type, things: of }) =>
    manyOfType((of[0]?.kind ?? "resource") as OwnedKind, type, of.length),
  );
  return [...named.map(({ name }) => name), ...many];
}
