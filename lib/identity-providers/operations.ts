import type { Told } from "@/lib/audit/told";
import { type Phrase, reading, strong, text, user } from "@/lib/audit/words";
import { everyone, operationsOf, peopleAndSelf, proven } from "@/lib/kernel/operation";

const provider = (told: Told) => {
  const name = told.words("provider");
  return [text("identity provider "), ...(name ? [strong(name)] : [text("of that time")])];
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
    fresh: true,
    everything: true,
    icon: "key",
    told: ofProvider("set up", "set up"),
    creates: true,
  },
  "identity_provider.update": {
    noun,
    sentence: "Change an identity provider",
    scopes: everyone,
    fresh: true,
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
    fresh: true,
    everything: true,
    icon: "check",
    told: ofProvider("enabled", "enable"),
    tells: ["state"],
  },
  "identity_provider.disable": {
    noun,
    sentence: "Disable an identity provider",
    scopes: everyone,
    fresh: true,
    everything: true,
    icon: "ban",
    told: ofProvider("disabled", "disable"),
    tells: ["state"],
  },
  "identity_provider.delete": {
    noun,
    sentence: "Delete an identity provider",
    scopes: everyone,
    fresh: true,
    everything: true,
    icon: "trash",
    told: ofProvider("deleted", "delete"),
  },
  "identity.unlink": {
    noun,
    sentence: "Unlink a user from an identity provider",
    scopes: peopleAndSelf,
    personal: true,
    fresh: true,
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
    sentence: "Put a user into groups at a sign-in",
    scopes: proven,
    personal: true,
    grants: true,
    icon: "user-plus",
    told: {
      past: "put",
      base: "put",
      object: (told) => [...user(told), ...inWords(told, " into ")],
    },
    tells: ["groups"],
  },
  "identity.leave_groups": {
    noun,
    sentence: "Take a user out of groups at a sign-in",
    scopes: proven,
    administrators: true,
    icon: "unplug",
    told: {
      past: "took",
      base: "take",
      object: (told) => [...user(told), ...inWords(told, " out of ")],
    },
    tells: ["groups"],
  },
  "identity.update": {
    noun,
    sentence: "Bring a user up to date at a sign-in",
    scopes: proven,
    personal: true,
    icon: "refresh",
    told: { past: "brought", base: "bring", object: (told) => [...user(told), text(" up to date")] },
  },
});
