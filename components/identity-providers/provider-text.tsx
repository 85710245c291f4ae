import { Fact, Facts } from "@/components/ui/facts";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { claimFields, claimWords } from "@/lib/identity-providers/claims";
import type { ShownProvider } from "@/lib/identity-providers/queries";

type RoleName = { id: string; name: string };
const none = "none";

/** The settings for people who may see but not change them, and why. */
export function SettingsText({
  provider,
  roles,
  reason,
}: {
  provider: ShownProvider;
  roles: RoleName[];
  reason: string;
}) {
  const { mapping, domains, ceilingRoleIds, defaultRoleId, defaultGroups, contact } = provider;
  const named = (ids: (string | null)[]) =>
    roles.flatMap(({ id, name }) => (ids.includes(id) ? [name] : [])).join(", ") || none;
  return (
    <div className="grid max-w-[760px] gap-4">
      <Note>{reason}</Note>
      <Panel>
        <PanelHead title="Settings" />
        <PanelBody>
          <Facts>
            {claimFields.map((field) => (
              <Fact key={field} label={`${claimWords[field]} from claim`}>
                {mapping[field] || none}
              </Fact>
            ))}
            <Fact label="Groups claim">{provider.groupsClaim || none}</Fact>
            <Fact label="Values of groups">
              {provider.groups.map(({ value, group }) => `${value}: ${group}`).join(", ") || none}
            </Fact>
            <Fact label="Domains">{domains.join(", ") || none}</Fact>
            <Fact label="Trusts its emails">{provider.trustsEmail ? "yes" : "no"}</Fact>
            <Fact label="Creates users at their first sign-in">{provider.createsUsers ? "yes" : "no"}</Fact>
            <Fact label="Primary role">{named([defaultRoleId])}</Fact>
            <Fact label="Manages its users">{provider.managesUsers ? "yes" : "no"}</Fact>
            <Fact label="Groups at creation">{defaultGroups.map(({ label }) => label).join(", ") || none}</Fact>
            <Fact label="Ceiling">{ceilingRoleIds.length > 0 ? named(ceilingRoleIds) : "own account only"}</Fact>
            <Fact label="Only way to sign in">{provider.onlyWayIn ? "yes" : "no"}</Fact>
            <Fact label="Contact">{contact || none}</Fact>
          </Facts>
        </PanelBody>
      </Panel>
    </div>
  );
}

type ConnectionTextProps = { provider: ShownProvider; reason: string; zone: string; now: Date };

export function ConnectionText({ provider, reason, zone, now }: ConnectionTextProps) {
  return (
    <div className="grid max-w-[760px] gap-4">
      <Note>{reason}</Note>
      <Panel>
        <PanelHead title="Connection" />
        <PanelBody>
          <Facts>
            <Fact label="Discovery address">{provider.discoveryUrl}</Fact>
            <Fact label="Issuer">{provider.issuer}</Fact>
            <Fact label="Client id">{provider.clientId}</Fact>
            <Fact label="Client secret">set, not shown</Fact>
            <Fact label="Secret expires">
              {provider.secretExpiresAt ? <Time at={provider.secretExpiresAt} zone={zone} now={now} /> : "not known"}
            </Fact>
            <Fact label="Scopes">{provider.scopes.join(" ")}</Fact>
          </Facts>
        </PanelBody>
      </Panel>
    </div>
  );
}
