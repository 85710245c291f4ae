/** Where the list of service accounts stands, and one's own. Apart from its filters: the browser needs no schema to know it. */
export const serviceAccountsPath = "/admin/service-accounts";
export const ownServiceAccountsPath = "/account/service-accounts";
