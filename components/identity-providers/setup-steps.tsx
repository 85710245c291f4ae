import { CopiedAddress } from "@/components/identity-providers/copied-address";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import type { ProviderAddresses } from "@/lib/identity-providers/addresses";
import { providerSettings } from "@/lib/identity-providers/presets";
import type { ProviderPreset } from "@/lib/identity-providers/schema";

const redirect = "the redirect address that is shown here";
const signOut = "the sign-out redirect address";
const logout = "the back-channel logout address";

/** What is done at each provider; each line is one thing to do there. */
const steps: Record<ProviderPreset, string[]> = {
  entra: [
    'In the Microsoft Entra admin center, open "App registrations" and choose "New registration".',
    `Choose accounts of this directory only. As redirect URI of the kind "Web", enter ${redirect}.`,
    `As a second redirect URI of the kind "Web", enter ${signOut}. Entra ID does not support back-channel logout.`,
    'Put "Directory (tenant) ID" into the discovery address, and "Application (client) ID" into the client id.',
    'Under "Certificates & secrets", create a client secret and copy its value, not its id.',
    'Under "Token configuration", add the optional claims auth_time, email, given_name and family_name to the ID token.',
    'Entra ID does not say whether an email is verified: tick "Trust its emails" if your directory owns them.',
  ],
  okta: [
    'In the Okta admin console, open "Applications" and choose "Create App Integration".',
    'Choose "OIDC" and "Web Application", with the grant type "Authorization Code".',
    `As sign-in redirect URI, enter ${redirect}; as sign-out redirect URI, ${signOut}.`,
    "Assign the people or groups that can sign in.",
    "Copy the client id and the client secret; the discovery address begins with your Okta domain.",
  ],
  google: [
    'In the Google Cloud console, open "Google Auth Platform" and then "Clients".',
    'Choose "Create client" of the kind "Web application".',
    `As authorised redirect URI, enter ${redirect}.`,
    'Set the audience to "Internal", so that only people of your organisation sign in.',
    "Copy the client id and the client secret. Google supports neither sign-out nor back-channel logout.",
  ],
  keycloak: [
    'In the admin console of your realm, open "Clients" and choose "Create client" of the type "OpenID Connect".',
    'Turn "Client authentication" and "Standard flow" on.',
    `As valid redirect URI, enter ${redirect}; as valid post logout redirect URI, ${signOut}.`,
    `Under "Logout settings", turn "Front channel logout" off and enter ${logout} as "Backchannel logout URL".`,
    'Copy the client secret from the tab "Credentials"; the client id is the one that you chose.',
    'Keycloak may say that an email is not verified: mark it there, or tick "Trust its emails".',
    'Keycloak notifies Gatehouse only of "Sign out" and "Logout all sessions" of a person. When you disable or delete somebody there, set a password, or sign out the whole realm, end their sessions here as well.',
  ],
  auth0: [
    'In the Auth0 dashboard, open "Applications" and choose "Create Application" of the kind "Regular Web Application".',
    `Under "Settings", enter ${redirect} as allowed callback URL and ${signOut} as allowed logout URL.`,
    `If your plan includes it, enter ${logout} as "Back-Channel Logout URI".`,
    "Copy the domain into the discovery address, and the client id and the client secret.",
    'Under "Connections", choose where the people come from.',
  ],
  any: [
    "At the provider, register a confidential web client with the authorization code flow.",
    `As redirect URI, enter ${redirect}; as post-logout redirect URI, ${signOut}.`,
    `If it supports back-channel logout, enter ${logout}, with the session id (sid) in its tokens.`,
    "Have it sign ID tokens with RS256, ES256 or EdDSA, and include email and profile.",
    "Include auth_time in the ID token: without it, people without a second factor cannot confirm their identity here.",
    "Copy the client id and the client secret; the discovery address is the issuer followed by /.well-known/openid-configuration.",
  ],
};

type SetupStepsProps = { preset: ProviderPreset; addresses: ProviderAddresses };

/** What has to be done at the provider, with the addresses that are entered there. */
export function SetupSteps({ preset, addresses }: SetupStepsProps) {
  const title = preset === "any" ? "At the provider" : `At ${providerSettings[preset].name}`;
  return (
    <Panel aria-labelledby="setup-steps">
      <PanelHead title={title} titleId="setup-steps" />
      <PanelBody>
        <ol className="grid list-decimal gap-1.5 pl-5 text-ui text-ink-2">
          {steps[preset].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <CopiedAddress label="Redirect address" value={addresses.redirect} hint="Must match exactly at the provider." />
        <CopiedAddress
          label="Sign-out redirect address"
          value={addresses.signedOut}
          hint="Where people return after signing out at the provider."
        />
        <CopiedAddress
          label="Back-channel logout address"
          value={addresses.logout}
          hint="The provider calls it when somebody signs out; their sessions here end at once."
        />
        <CopiedAddress
          label="Start address"
          value={addresses.start}
          hint="For a portal of the provider: a sign-in begins there at once, while the provider is enabled."
        />
      </PanelBody>
    </Panel>
  );
}
