/** As much of a Keycloak realm as a sign-in asks for: a client, a person, and the groups that the person is in. */
export const keycloakClient = {
  clientId: "gatehouse",
  clientSecret: "a secret of the realm of the tests, 32 characters",
};

/** Of the realm "master", who changes what is in ours. */
export const keycloakAdmin = { username: "keeper", password: "correct horse battery keeper" };

export const keycloakPerson = {
  username: "nina.new",
  password: "correct horse battery keycloak",
  email: "nina.new@northwind.example",
  firstName: "Nina",
  lastName: "New",
  groups: ["engineers", "leads"],
};

const mappedTo = { "id.token.claim": "true", "access.token.claim": "true", "userinfo.token.claim": "true" };

/** What `kc.sh --import-realm` reads. */
export const realmOf = (redirectUri: string) => ({
  realm: "gatehouse",
  enabled: true,
  sslRequired: "none",
  groups: keycloakPerson.groups.map((name) => ({ name })),
  clients: [
    {
      clientId: keycloakClient.clientId,
      secret: keycloakClient.clientSecret,
      enabled: true,
      publicClient: false,
      standardFlowEnabled: true,
      redirectUris: [redirectUri],
      attributes: { "pkce.code.challenge.method": "S256" },
      protocolMappers: [
        {
          name: "groups",
          protocol: "openid-connect",
          protocolMapper: "oidc-group-membership-mapper",
          config: { "claim.name": "groups", "full.path": "false", ...mappedTo },
        },
      ],
    },
  ],
  users: [
    {
      username: keycloakPerson.username,
      email: keycloakPerson.email,
      firstName: keycloakPerson.firstName,
      lastName: keycloakPerson.lastName,
      emailVerified: true,
      enabled: true,
      groups: keycloakPerson.groups.map((name) => `/${name}`),
      credentials: [{ type: "password", value: keycloakPerson.password, temporary: false }],
    },
  ],
});
