import { ProviderActions } from "@/components/identity-providers/provider-actions";
import { ProviderState } from "@/components/identity-providers/provider-state";
import { ProviderTabs } from "@/components/identity-providers/provider-tabs";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { Note } from "@/components/ui/note";
import type { ProviderAbilities } from "@/lib/identity-providers/abilities";
import { activityOf, providersPath } from "@/lib/identity-providers/pages";
import { kindWords } from "@/lib/identity-providers/presets";
import type { ShownProvider } from "@/lib/identity-providers/queries";
import { secretEnd } from "@/lib/identity-providers/secret-end";

type ProviderHeaderProps = { provider: ShownProvider; abilities: ProviderAbilities; now: Date };

/** The head of every page of one provider. */
export function ProviderHeader({ provider, abilities, now }: ProviderHeaderProps) {
  const { id, slug, name, state, preset, people, createsUsers, owner, onlyWayIn } = provider;
  const secret = secretEnd(provider.secretExpiresAt, now);
  return (
    <>
      <PageHeader
        crumbs={<Breadcrumb crumbs={[{ href: providersPath, label: "Identity providers" }]} />}
        title={name}
        status={<ProviderState state={state} look="pill" />}
        facts={[
          kindWords(preset),
          ...(onlyWayIn ? ["The only way to sign in"] : []),
          <a key="users" href={activityOf(id)} className="rounded-sm hover:text-ink">
            {`${people} ${people === 1 ? "user" : "users"}`}
          </a>,
          owner ? `Owned by ${owner.name}` : "Has no owner",
        ]}
        actions={
          <ProviderActions
            provider={{ id, slug, name, state, createsUsers, onlyWayIn }}
            abilities={abilities}
            people={people}
            dependent={provider.dependent}
          />
        }
      />
      {secret && (
        <Note tone={secret.over ? "danger" : "warning"} title={`${secret.words}.`} className="mb-4 max-w-[760px]">
          Without a valid secret, nobody can sign in through {name}. Create a new one there and enter it under
          Connection.
        </Note>
      )}
      {(!owner || provider.ownerLeft) && (
        <Note tone="warning" title="It has no active owner." className="mb-4 max-w-[760px]">
          Without an owner it cannot create or update users. Choose an owner in its settings.
        </Note>
      )}
      <ProviderTabs id={id} />
    </>
  );
}
