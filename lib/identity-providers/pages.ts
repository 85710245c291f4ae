export const providersPath = "/admin/identity-providers";

/** The pages that show a provider. */
export const providerPages = ({ id }: { id: string }) => [providersPath, `${providersPath}/${id}`];
