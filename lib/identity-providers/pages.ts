export const providersPath = "/admin/identity-providers";

export const providerPath = (id: string) => `${providersPath}/${id}`;

export const connectionOf = (id: string) => `${providerPath(id)}/connection`;

/** Who signed in through it, and what was refused. */
export const activityOf = (id: string) => `${providerPath(id)}/activity`;

/** Where a test ends, and its claims are shown. */
export const testPageOf = (id: string) => `${providerPath(id)}/test`;

/** The pages that show a provider. */
export const providerPages = ({ id }: { id: string }) => [
  providersPath,
  providerPath(id),
  connectionOf(id),
  activityOf(id),
  testPageOf(id),
];
