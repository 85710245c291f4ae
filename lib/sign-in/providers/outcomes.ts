import { type Pairs, withQuery } from "@/lib/lists/search-params";
import type { Purpose, PurposeKind } from "@/lib/sign-in/providers/cookies";
import { type RefusalCode, refusalSentence } from "@/lib/sign-in/providers/refusals";

/** What became of a purpose: a word in the address that it leads back to, whose sentence is made there. */
type Outcome = "passed" | RefusalCode;

export function outcomePath({ kind, next }: Purpose, slug: string, outcome: Outcome): string {
  const pairs: Pairs = [[kind, outcome]];
  return withQuery(next, kind === "link" ? [...pairs, ["provider", slug]] : pairs);
}

type Asked = Parameters<typeof refusalSentence>[1];

/** Where a sentence of /sign-in would not fit. */
const ownWords: Partial<Record<PurposeKind, Partial<Record<RefusalCode, (name: string) => string>>>> = {
  link: {
    cancelled: (name) => `You cancelled at ${name}.`,
    declined: (name) => `${name} did not sign you in. Start again.`,
    untrusted: (name) => `The answer of ${name} could not be verified.`,
    off: () => "This provider is not enabled at the moment.",
    refused: () => "You don't have permission to link your account. Ask an administrator.",
  },
  confirm: {
    cancelled: (name) => `You cancelled at ${name}, so your identity was not confirmed.`,
    declined: (name) => `${name} did not sign you in, so your identity was not confirmed.`,
    untrusted: (name) => `The answer of ${name} could not be verified, so your identity was not confirmed.`,
    off: () => "This provider is not enabled at the moment. Close this window and start again.",
    refused: () => "Your identity was not confirmed. Close this window and start again.",
  },
};

/** `asked`: the provider by its name, and whom to ask; null where it is not offered. */
export const outcomeSentence = (kind: PurposeKind, code: RefusalCode, asked: Asked): string =>
  ownWords[kind]?.[code]?.(asked?.name ?? "The provider") ?? refusalSentence(code, asked);
