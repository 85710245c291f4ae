/** What an administrator can do about a sign-in that was refused. `whose`: whether it tells something of the provider. */
export type Remedy = { whose: "provider" | "person"; advice: string };

const ofProvider = (advice: string): Remedy => ({ whose: "provider", advice });
const ofPerson = (advice: string): Remedy => ({ whose: "person", advice });

const connection = "save the connection again and test it";

/** By how the reason of the event begins: those of faults.ts, of outgoing.ts and discovery.ts, and of sign-in.ts. */
const remedies: [RegExp, Remedy][] = [
  [
    /the issuer is another one|names another issuer/,
    ofProvider(
      `The issuer differs from the one that was found when the connection was saved, to the character. Compare both, also a slash at the end; if the provider's new one is right, ${connection}.`,
    ),
  ],
  [
    /does not accept the client id or its secret/,
    ofProvider(
      "The client secret is wrong or has ended. Make a new one at the provider and enter it under Connection.",
    ),
  ],
  [
    /its time does not fit/,
    ofProvider(
      "The clocks of the provider and of this server differ by more than 10 seconds. Synchronise both with a time server.",
    ),
  ],
  [
    /signed by another algorithm/,
    ofProvider(`The provider signs by another algorithm than before. To take it over, ${connection}.`),
  ],
  [
    /signed by an unknown key|its signature does not hold/,
    ofProvider(
      "The provider does not publish the key that it signs with. New keys are read once a minute; if it lasts, the provider is set up wrongly.",
    ),
  ],
  [
    /meant for another client|issued to another client/,
    ofProvider(
      "The ID token is for another client. Compare the client id under Connection with the one at the provider.",
    ),
  ],
  [
    /does not answer|took too long|answers with status/,
    ofProvider(
      "The provider did not answer within 9 seconds, or with a fault. Look at its status, and at firewalls and proxies between it and this server.",
    ),
  ],
  [
    /refuses with status|declined/,
    ofProvider(
      "The provider refuses. Its own log says why: often the redirect address is not entered there, or the person is not assigned to the client.",
    ),
  ],
  [
    /^(the address|this address|there is no discovery document|the document at this address|only https)/i,
    ofProvider(`The discovery document cannot be read. Open its address in a browser, then ${connection}.`),
  ],
  [
    /could not be verified/,
    ofProvider(`The answer does not hold what OpenID Connect asks for. Test the provider, and ${connection}.`),
  ],
  [
    /owner/,
    ofProvider("It creates users and brings them up to date as its owner. Choose one who is active under Settings."),
  ],
  [
    /carries .*(cannot give it|do not hold)|has no role|can give it/,
    ofProvider("Ceiling or owner do not carry what new users are given. Compare them under Settings."),
  ],
  [
    /not enabled|nobody signs in through/,
    ofPerson("Somebody came while it was disabled, or while another provider was the only way to sign in."),
  ],
  [
    /started elsewhere, or used already/,
    ofPerson("A second tab, a reload, or more than 15 minutes at the provider. Nothing is to be done."),
  ],
  [/cancelled/, ofPerson("Nothing is to be done.")],
  [/nobody here is known/, ofPerson("Link the person, or let the provider create users under Settings.")],
  [
    /does not tell a user name/,
    ofPerson("A claim is missing or is no valid value. Compare the claims of the last test with those under Settings."),
  ],
  [
    /has not verified the email/,
    ofPerson("Verify it at the provider, or choose that its addresses count as verified under Settings."),
  ],
  [/another domain/, ofPerson("Add the domain under Settings if its people may come.")],
  [/in use/, ofPerson("Another account has the user name or email. Link that account, or change its names.")],
  [/session that began the test is over/, ofPerson("Sign in and begin the test again.")],
];

export const remedyOf = (reason: string): Remedy | null => remedies.find(([words]) => words.test(reason))?.[1] ?? null;
