/** Where somebody's picture is served; it changes with the picture. Undefined for those without one. */
export const pictureAddress = (userId: string, tag: string | null): string | undefined =>
  tag ? `/pictures/${userId}/${tag}` : undefined;

/** The same of somebody who is named also to those who may not see them: the picture is not theirs to see (R11). */
export const pictureInSight = (person: { id: string; pictureTag: string | null }, visible: boolean) =>
  visible ? pictureAddress(person.id, person.pictureTag) : undefined;
