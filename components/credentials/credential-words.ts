import { type CredentialKind, credentialKinds } from "@/lib/credentials/kinds";
import type { ListedCredential } from "@/lib/credentials/rows";

/** The name of one credential where its kind is shown beside it. */
export const nameOf = ({ name, kind }: Pick<ListedCredential, "name" | "kind">) => name ?? linkNames[kind] ?? kind;

const linkNames: Partial<Record<CredentialKind, string>> = {
  invitation: "Invitation link",
  password_reset: "Link for a new password",
};

export const ownerOf = ({ user, serviceAccount }: Pick<ListedCredential, "user" | "serviceAccount">) =>
  user?.name ?? serviceAccount?.name ?? "";

export const countOfKind = (count: number, kind: CredentialKind) =>
  `${count} ${credentialKinds[kind][count === 1 ? "label" : "several"]}`;
