import { CreateLink } from "@/components/list/create-link";
import { ListEmpty } from "@/components/list/list-empty";
import { providersPath } from "@/lib/identity-providers/pages";

export function NoProviders({ mayCreate }: { mayCreate: boolean }) {
  return (
    <ListEmpty
      kind="nothing-yet"
      icon="id-card"
      title="No identity provider has been set up yet."
      actions={mayCreate && <CreateLink href={`${providersPath}/new`}>Add identity provider</CreateLink>}
    >
      People can then sign in with their account at Entra ID, Okta, Google, Keycloak or another OpenID Connect provider.
      Gatehouse passwords keep working.
    </ListEmpty>
  );
}
