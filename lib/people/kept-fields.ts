import type { ClaimMapping } from "@/db/schema";

/** The fields of a user that a provider brings up to date, as far as it maps them (I4). A user name is fixed in any case (U1). */
const fields = ["email", "firstName", "lastName"] as const satisfies (keyof ClaimMapping)[];

export type KeptField = (typeof fields)[number];

/** The provider of a person, and which of their fields are locked for everybody. */
export type Keeper = { name: string; fields: KeptField[] };

export const keptFieldsOf = (mapping: ClaimMapping): KeptField[] => fields.filter((field) => mapping[field] !== "");

/** Why a field is locked, with where it can be changed. */
export const keptReason = ({ name }: Pick<Keeper, "name">) => `${name} manages this field. Change it there.`;

/** Why one's own password is not set here. */
export const ownKeptReason = ({ name }: Pick<Keeper, "name">) => `Your password is managed by ${name}.`;

/** Why nobody sets a password here. */
export const keptPasswordReason = (person: string, { name }: Pick<Keeper, "name">) =>
  `${person} signs in through ${name}, which manages the password.`;
