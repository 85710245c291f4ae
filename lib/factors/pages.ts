/** Where somebody confirms who they are at a provider, in a window of its own. `slug`: its short name. */
export const confirmPath = (slug: string) => `/confirm/${slug}`;
