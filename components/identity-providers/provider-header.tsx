import { ProviderActions } from "@/components/identity-providers/provider-actions";
import { ProviderState } from "@/components/identity-providers/provider-state";
import { ProviderTabs } from "@/components/identity-providers/provider-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { Note } from "@/components/ui/note";
import type { ProviderAbilities } from "@/lib/identity-providers/abilities";
import { providersPath } from "@/lib/identity-providers/pages";
import { kindWords } from "@/lib/identity-providers/presets";
import type { ShownProvider } from "@/lib/identity-providers/queries";

type ProviderHeaderProps = { provider: ShownProvider; abilities: ProviderAbilities };

/** The head of every page of one provider. */
export function ProviderHeader({ provider, abilities }: ProviderHeaderProps) {
  const { id, slug, name, state, preset, people, createsUsers, owner } = provider;
  return (
    <>
      <PageHeader
        crumbs={[{ href: providersPath, label: "Identity providers" }]}
        title={name}
        status={<ProviderState state={state} look="pill" />}
        facts={[
          kindWords(preset),
          `${people} ${people === 1 ? "user" : "users"}`,
          owner ? `Owned by ${owner.name}` : "Has no owner",
        ]}
        actions={
          <ProviderActions
            provider={{ id, slug, name, state, createsUsers }}
            abilities={abilities}
            people={people}
            dependent={provider.dependent}
          />
        }
      />
      {!owner && (
        <Note tone="warning" title="It has no owner." className="mb-4 max-w-[760px]">
          Nothing can come through it, so it creates no users and brings none up to date. Choose an owner in its
          settings.
        </Note>
      )}
      <ProviderTabs id={id} />
    </>
  );
}
