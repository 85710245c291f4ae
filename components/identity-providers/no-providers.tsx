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
      With one, people sign in with the account that they have at Entra ID, Okta, Google, Keycloak or another OpenID
      Connect provider. Passwords of Gatehouse go on working.
    </ListEmpty>
  );
}
