/** The addresses of the list of service accounts and of one's own. Apart from its filters: the browser needs no schema to know them. */
export const serviceAccountsPath = "/admin/service-accounts";
export const ownServiceAccountsPath = "/account/service-accounts";
