/** What one value of the groups claim maps to here. A value may map to several groups, and several values to one. */
export type MappedGroup = { value: string; groupId: string };

type Held = { groupId: string; endsAt: Date | null; providerId: string | null };

type Told = { providerId: string; values: string[]; mapped: MappedGroup[]; held: Held[]; now: Date };

/** Into which groups a sign-in puts somebody, and out of which. */
export type Moves = { join: string[]; leave: string[] };

/**
 * What brings memberships up to date (I3): pure, so that a mapping can be shown before it is saved. Only what this provider has
 * given is taken back; what somebody here gave stays, and is given again once its end is over.
 */
export function movesOf({ providerId, values, mapped, held, now }: Told): Moves {
  const told = new Set(values);
  const wanted = new Set(mapped.flatMap(({ value, groupId }) => (told.has(value) ? [groupId] : [])));
  const isIn = ({ endsAt }: Held) => endsAt === null || endsAt > now;
  const inForce = new Set(held.filter(isIn).map(({ groupId }) => groupId));
  return {
    join: [...wanted].filter((groupId) => !inForce.has(groupId)).sort(),
    leave: held
      .filter((one) => one.providerId === providerId && !wanted.has(one.groupId))
      .map(({ groupId }) => groupId)
      .sort(),
  };
}
