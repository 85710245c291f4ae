import { CopiedAddress } from "@/components/identity-providers/copied-address";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { providerSettings } from "@/lib/identity-providers/presets";
import type { ProviderPreset } from "@/lib/identity-providers/schema";

const redirect = "the redirect address that is shown here";

/** What is done at each provider; each line is one thing to do there. */
const steps: Record<ProviderPreset, string[]> = {
  entra: [
    'In the Microsoft Entra admin center, open "App registrations" and choose "New registration".',
    `Choose accounts of this directory only. As redirect URI of the kind "Web", enter ${redirect}.`,
    'Put "Directory (tenant) ID" into the discovery address, and "Application (client) ID" into the client id.',
    'Under "Certificates & secrets", make a client secret and copy its value, not its id.',
    'Under "Token configuration", add the optional claims email, given_name and family_name to the ID token.',
    'Entra ID does not say whether an email is verified: tick "Trust its emails" where your directory owns them.',
  ],
  okta: [
    'In the Okta admin console, open "Applications" and choose "Create App Integration".',
    'Choose "OIDC" and "Web Application", with the grant type "Authorization Code".',
    `As sign-in redirect URI, enter ${redirect}.`,
    "Assign the people or groups that may sign in.",
    "Copy the client id and the client secret; the discovery address begins with your Okta domain.",
  ],
  google: [
    'In the Google Cloud console, open "Google Auth Platform" and then "Clients".',
    'Choose "Create client" of the kind "Web application".',
    `As authorised redirect URI, enter ${redirect}.`,
    'Set the audience to "Internal", so that only people of your organisation sign in.',
    "Copy the client id and the client secret.",
  ],
  keycloak: [
    'In the admin console of your realm, open "Clients" and choose "Create client" of the type "OpenID Connect".',
    'Turn "Client authentication" and "Standard flow" on.',
    `As valid redirect URI, enter ${redirect}.`,
    'Copy the client secret from the tab "Credentials"; the client id is the one that you chose.',
    'Keycloak may say that an email is not verified: mark it there, or tick "Trust its emails".',
  ],
  auth0: [
    'In the Auth0 dashboard, open "Applications" and choose "Create Application" of the kind "Regular Web Application".',
    `Under "Settings", enter ${redirect} as allowed callback URL.`,
    "Copy the domain into the discovery address, and the client id and the client secret.",
    'Under "Connections", choose where the people come from.',
  ],
  any: [
    "At the provider, register a confidential web client with the authorization code flow.",
    `As redirect URI, enter ${redirect}.`,
    "Let it sign ID tokens by RS256, ES256 or EdDSA, and tell email and profile.",
    "Copy the client id and the client secret; the discovery address is the issuer with /.well-known/openid-configuration behind it.",
  ],
};

type SetupStepsProps = { preset: ProviderPreset; redirectUri: string; startAddress: string };

/** What has to be done at the provider, with the addresses that are entered there. */
export function SetupSteps({ preset, redirectUri, startAddress }: SetupStepsProps) {
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
        <CopiedAddress label="Redirect address" value={redirectUri} hint="The provider wants it letter by letter." />
        <CopiedAddress
          label="Start address"
          value={startAddress}
          hint="For a portal of the provider: a sign-in begins there at once, while the provider is enabled."
        />
      </PanelBody>
    </Panel>
  );
}
