/** What an administrator can do about a sign-in that was refused. `whose`: whether it says something about the provider. */
export type Remedy = { whose: "provider" | "person"; advice: string };

const ofProvider = (advice: string): Remedy => ({ whose: "provider", advice });
const ofPerson = (advice: string): Remedy => ({ whose: "person", advice });

const connection = "save the connection again and test it";

/** By the words of an event's reason: of faults.ts, outgoing.ts, discovery.ts, purposes.ts and sign-in.ts, now and in the earlier releases whose events are kept. */
const remedies: [RegExp, Remedy][] = [
  [
    /the issuer is another one|names another issuer/,
    ofProvider(
      `The issuer is not exactly the one that was found when the connection was saved. Compare both, including a slash at the end; if the provider's new one is right, ${connection}.`,
    ),
  ],
  [
    /does not accept the client id or its secret/,
    ofProvider(
      "The client secret is wrong or has expired. Create a new one at the provider and enter it under Connection.",
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
    ofProvider(`The provider signs with another algorithm than before. To accept it, ${connection}.`),
  ],
  [
    /signed by an unknown key|its signature (is not valid|does not hold)/,
    ofProvider(
      "The provider does not publish the key that it signs with. New keys are read once a minute; if this continues, the provider is misconfigured.",
    ),
  ],
  [
    /meant for another client|issued to another client/,
    ofProvider(
      "The ID token is for another client. Compare the client id under Connection with the one at the provider.",
    ),
  ],
  [
    /does not answer|answers? (took too long|with status)|provider took too long/,
    ofProvider(
      "The provider did not answer within 9 seconds, or answered with an error. Check its status, and firewalls and proxies between it and this server.",
    ),
  ],
  [
    /refuses with status|declined/,
    ofProvider(
      "The provider refused. Its own log says why: often the redirect address is missing there, or the person is not assigned to the client.",
    ),
  ],
  [
    /^(the address|this address|this is not an? (web address|address of the web)|there is no discovery document|the document at this address|only https)/i,
    ofProvider(`The discovery document cannot be read. Open its address in a browser, then ${connection}.`),
  ],
  [
    /could not be verified/,
    ofProvider(`The answer does not contain what OpenID Connect requires. Test the provider, and ${connection}.`),
  ],
  [/owner/, ofProvider("It creates and updates users as its owner. Choose an active owner under Settings.")],
  [
    /carries .*(cannot give it|do not hold)|has no role|can give it/,
    ofProvider("The ceiling or the owner does not include what new users are given. Compare them under Settings."),
  ],
  [
    /not enabled|nobody signs in through/,
    ofPerson("Somebody tried to sign in while it was disabled, or while another provider was the only way to sign in."),
  ],
  [
    /started elsewhere, or used already|^it took too long/,
    ofPerson("A second tab, a reload, or more than 15 minutes at the provider. No action is needed."),
  ],
  [/settings have changed/, ofPerson("The provider was changed during the sign-in. No action is needed.")],
  [/cancelled/, ofPerson("No action is needed.")],
  [/nobody here is (linked|known)/, ofPerson("Link the person, or let the provider create users under Settings.")],
  [
    /does not (send|tell) a user name/,
    ofPerson(
      "A claim is missing or has an invalid value. Compare the claims of the last test with those under Settings.",
    ),
  ],
  [/has not verified the email/, ofPerson("Verify it at the provider, or choose “Trust its emails” under Settings.")],
  [/another domain/, ofPerson("Add the domain under Settings if its people should have access.")],
  [/in use/, ofPerson("Another account has the user name or email. Link that account, or change its names.")],
  [/session that began (it|the test) is over/, ofPerson("Sign in and start again.")],
];

export const remedyOf = (reason: string): Remedy | null => remedies.find(([words]) => words.test(reason))?.[1] ?? null;
