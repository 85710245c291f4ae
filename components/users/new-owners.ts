import type { Option } from "@/components/ui/combobox";
import { hintOf } from "@/components/users/owned-list";
import { counted } from "@/lib/lists/format-total";
import type { Owned } from "@/lib/users/owned";
import { type OwnedKind, ownedWords } from "@/lib/users/owned-words";

/** One question about a new owner: for one object, or for all of a type. */
export type OwnerLine = { key: string; kind: OwnedKind; title: string; hint: string; type: string | null };

export const ownerLines = ({ objects, types }: Owned): OwnerLine[] => [
  ...objects.map((object) => ({
    ...{ key: object.id, kind: object.kind, title: object.name, hint: hintOf(object), type: null },
  })),
  ...types.map(({ kind, type, count }) => ({
    ...{ key: `type ${type}`, kind, title: `${counted(count, ownedWords[kind].one)} of type ${type}`, type },
    hint: "all of this type",
  })),
];

/** What is sent of what has been chosen, by the key of its line. */
export function chosenOwners(lines: OwnerLine[], owners: Record<string, Option>) {
  const chosen = lines.flatMap(({ key, type }) => {
    const owner = owners[key];
    return owner ? [{ key, type, ownerId: owner.id }] : [];
  });
  return {
    owners: chosen.flatMap(({ key, type, ownerId }) => (type === null ? { id: key, ownerId } : [])),
    ownersOfTypes: chosen.flatMap(({ type, ownerId }) => (type === null ? [] : { type, ownerId })),
  };
}
