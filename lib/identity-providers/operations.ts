import type { Told } from "@/lib/audit/told";
import { type Phrase, reading, strong, text, user } from "@/lib/audit/words";
import { everyone, operationsOf, people, peopleAndSelf, proven, self } from "@/lib/kernel/operation";

const provider = (told: Told) => {
  const name = told.words("provider");
  return [text("identity provider "), ...(name ? [strong(name)] : [text("(name erased)")])];
};
const ofProvider = (past: string, base: string): Phrase => ({ past, base, object: provider });

const inWords = (told: Told, between: string) => {
  const names = told.words("groups");
  return [text(between), names ? strong(names) : text("groups")];
};

const noun = "Identity providers";

/** Deciding who signs in takes everything (R15); what comes through a provider is bounded by its ceiling (I3). */
export const identityProviderOperations = operationsOf({
  "identity_provider.read": {
    noun,
    sentence: "See the identity providers",
    scopes: everyone,
    icon: "eye",
    told: reading("the identity providers"),
  },
  "identity_provider.create": {
    noun,
    sentence: "Set up an identity provider",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "key",
    told: ofProvider("set up", "set up"),
    creates: true,
  },
  "identity_provider.update": {
    noun,
    sentence: "Change an identity provider",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "pencil",
    told: ofProvider("changed", "change"),
  },
  "identity_provider.test": {
    noun,
    sentence: "Test an identity provider",
    scopes: everyone,
    everything: true,
    icon: "check",
    told: ofProvider("tested", "test"),
  },
  "identity_provider.enable": {
    noun,
    sentence: "Enable an identity provider",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "check",
    told: ofProvider("enabled", "enable"),
    tells: ["state"],
  },
  "identity_provider.disable": {
    noun,
    sentence: "Disable an identity provider",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "ban",
    told: ofProvider("disabled", "disable"),
    tells: ["state"],
  },
  "identity_provider.require": {
    noun,
    sentence: "Make an identity provider the only way to sign in",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "shield",
    told: {
      past: "made",
      base: "make",
      object: (told) => [...provider(told), text(" the only way to sign in")],
    },
    tells: ["onlyWayToSignIn"],
  },
  "identity_provider.release": {
    noun,
    sentence: "Allow other ways to sign in besides an identity provider",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "unlock",
    told: {
      past: "allowed",
      base: "allow",
      object: (told) => [text("other ways to sign in besides "), ...provider(told)],
    },
    tells: ["onlyWayToSignIn"],
  },
  "identity_provider.delete": {
    noun,
    sentence: "Delete an identity provider",
    scopes: everyone,
    stepUp: true,
    everything: true,
    icon: "trash",
    told: ofProvider("deleted", "delete"),
  },
  "identity.link": {
    noun,
    sentence: "Link own account to an identity provider",
    scopes: self,
    under: "account.update",
    stepUp: true,
    notOnTokens: true,
    icon: "plug",
    told: { past: "linked", base: "link", object: (told) => [...user(told), ...told.after(" to ", "provider")] },
    creates: true,
  },
  "identity.prepare": {
    noun,
    sentence: "Prepare a user's link to an identity provider",
    scopes: people,
    personal: true,
    stepUp: true,
    notOnTokens: true,
    icon: "plug",
    told: {
      past: "prepared",
      base: "prepare",
      object: (told) => [
        text("the link of "),
        ...user(told),
        ...told.after(" to ", "provider"),
        ...told.after(" as ", "email"),
      ],
    },
    tells: ["email"],
    creates: true,
  },
  "identity.cancel": {
    noun,
    sentence: "Cancel a prepared link to an identity provider",
    scopes: people,
    under: "identity.prepare",
    personal: true,
    icon: "ban",
    told: {
      past: "cancelled",
      base: "cancel",
      object: (told) => [text("the prepared link of "), ...user(told), ...told.after(" to ", "provider")],
    },
  },
  "identity.redeem": {
    noun,
    sentence: "Link a user at sign-in",
    scopes: proven,
    icon: "plug",
    told: {
      whole: (told) =>
        told.succeeded
          ? [
              ...told.person("Somebody"),
              text(" was linked"),
              ...told.after(" to ", "provider"),
              text(" at sign-in"),
              ...told.after(", as prepared by ", "preparedBy"),
              ...told.from(),
            ]
          : told.refusalOf("A prepared link"),
    },
    creates: true,
  },
  "identity.unlink": {
    noun,
    sentence: "Unlink a user from an identity provider",
    scopes: peopleAndSelf,
    under: "account.update",
    personal: true,
    stepUp: true,
    icon: "unplug",
    told: {
      past: "unlinked",
      base: "unlink",
      object: (told) => [...user(told), ...told.after(" from ", "provider")],
    },
  },
  "identity.create": {
    noun,
    sentence: "Create a user at the first sign-in",
    scopes: proven,
    grants: true,
    icon: "user-plus",
    told: {
      past: "created",
      base: "create",
      object: (told) => [...user(told), text(" at the first sign-in")],
    },
    creates: true,
  },
  "identity.match": {
    noun,
    sentence: "Recognize a user created beforehand at the first sign-in",
    scopes: proven,
    icon: "user-plus",
    told: { past: "recognized", base: "recognize", object: (told) => [...user(told), text(" at the first sign-in")] },
  },
  "identity.join_groups": {
    noun,
    sentence: "Add a user to groups at sign-in",
    scopes: proven,
    personal: true,
    grants: true,
    icon: "user-plus",
    told: {
      past: "added",
      base: "add",
      object: (told) => [...user(told), ...inWords(told, " to ")],
    },
    tells: ["groups"],
  },
  "identity.leave_groups": {
    noun,
    sentence: "Remove a user from groups at sign-in",
    scopes: proven,
    administrators: true,
    icon: "unplug",
    told: {
      past: "removed",
      base: "remove",
      object: (told) => [...user(told), ...inWords(told, " from ")],
    },
    tells: ["groups"],
  },
  "identity.update": {
    noun,
    sentence: "Update a user at sign-in",
    scopes: proven,
    personal: true,
    icon: "refresh",
    told: { past: "updated", base: "update", object: (told) => [...user(told), text(" at sign-in")] },
  },
});
