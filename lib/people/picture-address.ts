/** Where somebody's picture is served; it changes with the picture. Undefined for those without one. */
export const pictureAddress = (userId: string, tag: string | null): string | undefined =>
  tag ? `/pictures/${userId}/${tag}` : undefined;
