import { ownServiceAccountsPath, serviceAccountsPath } from "@/lib/service-accounts/paths";

/** The pages that show a service account. */
export const accountPages = ({ id }: { id: string }) => [
  serviceAccountsPath,
  `${serviceAccountsPath}/${id}`,
  `${ownServiceAccountsPath}/${id}`,
];
