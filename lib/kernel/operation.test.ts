import { expect, test } from "vitest";
import { everyone, operationsOf } from "@/lib/kernel/operation";

const told = { past: "lent", base: "lend", object: () => [] };
const whole = { noun: "Books", sentence: "Lend a book", scopes: everyone, icon: "key", told } as const;

test("an operation knows its key, and keeps the literal types of what it declares", () => {
  const { "book.lend": lend, "book.burn": burn } = operationsOf({
    "book.lend": { ...whole, grants: true },
    "book.burn": whole,
  });
  expect(lend).toEqual({ ...whole, grants: true, key: "book.lend" });
  const key: "book.lend" = lend.key;
  const grants: true = lend.grants;
  // @ts-expect-error: an operation that does not say so grants nothing
  const none: true = burn.grants;
  expect([key, grants, none]).toEqual(["book.lend", true, undefined]);
});

test("the types refuse what is incomplete or misspelt", () => {
  const { noun, sentence, scopes, icon } = whole;
  const refused = [
    // @ts-expect-error: no noun
    operationsOf({ "book.lend": { sentence, scopes, icon, told } }),
    // @ts-expect-error: no sentence
    operationsOf({ "book.lend": { noun, scopes, icon, told } }),
    // @ts-expect-error: no scopes
    operationsOf({ "book.lend": { noun, sentence, icon, told } }),
    // @ts-expect-error: the log has no words for it
    operationsOf({ "book.lend": { noun, sentence, scopes, icon } }),
    // @ts-expect-error: no icon
    operationsOf({ "book.lend": { noun, sentence, scopes, told } }),
    // @ts-expect-error: an icon that nobody draws
    operationsOf({ "book.lend": { ...whole, icon: "book" } }),
    // @ts-expect-error: an unknown scope
    operationsOf({ "book.lend": { ...whole, scopes: ["everybody"] } }),
    // @ts-expect-error: half a phrase
    operationsOf({ "book.lend": { ...whole, told: { past: "lent", object: () => [] } } }),
    // @ts-expect-error: a misspelt guard
    operationsOf({ "book.lend": { ...whole, personnal: true } }),
    // @ts-expect-error: a guard that is switched off instead of left out
    operationsOf({ "book.lend": { ...whole, personal: false } }),
    // @ts-expect-error: a misspelt end of the sentence
    operationsOf({ "book.lend": { ...whole, told: { ...told, moer: () => [] } } }),
  ];
  expect(refused).toHaveLength(11);
});
