export const providersPath = "/admin/identity-providers";

export const providerPath = (id: string) => `${providersPath}/${id}`;

/** Where a test ends, and its claims are shown. */
export const testPageOf = (id: string) => `${providerPath(id)}/test`;

/** The pages that show a provider. */
export const providerPages = ({ id }: { id: string }) => [
  providersPath,
  providerPath(id),
  `${providerPath(id)}/connection`,
  testPageOf(id),
];
