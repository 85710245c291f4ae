/** Of the form that begins a sign-in at a provider, for buttons that are elsewhere on the page. */
export const providerFormId = (slug: string) => `continue-with-${slug}`;
