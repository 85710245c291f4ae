import { IdCard } from "lucide-react";
import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import { providersPath } from "@/lib/identity-providers/pages";

export function NoProviders({ mayCreate }: { mayCreate: boolean }) {
  return (
    <ListEmpty
      kind="nothing-yet"
      icon={IdCard}
      title="No identity provider has been set up yet."
      actions={mayCreate && <LinkButton href={`${providersPath}/new`}>Add identity provider</LinkButton>}
    >
      People can then sign in with their account at Entra ID, Okta, Google, Keycloak or another OpenID Connect provider.
      Gatehouse passwords keep working.
    </ListEmpty>
  );
}
