import type { Field, Verb } from "./document";
import { generalOptions, isSecret, type Option, optionsOf } from "./options";
import { builtIns } from "./sign-in";

const rows = (pairs: (readonly [string, string])[]): string[] => {
  const wide = Math.min(34, Math.max(0, ...pairs.map(([name]) => name.length)));
  return pairs.map(([name, text]) =>
    name.length > wide ? `  ${name}\n  ${" ".repeat(wide)}  ${text}` : `  ${name.padEnd(wide)}  ${text}`.trimEnd(),
  );
};

const generalRows = rows(generalOptions.map((one) => [optionText(one), one.description] as const));

/** Everything there is. `verbs`: null where no server is known yet. */
export function wholeHelp(verbs: Verb[] | null): string {
  const nouns = [...new Set(verbs?.map(({ noun }) => noun))].toSorted();
  return [
    "gatehouse <noun> <verb> [arguments] [options]",
    "",
    "Nouns and their verbs:",
    ...(verbs
      ? rows(
          nouns.map((noun) => [
            noun,
            verbs
              .flatMap((one) => (one.noun === noun ? [one.verb] : []))
              .toSorted()
              .join(", "),
          ]),
        )
      : ["  Listed once you are signed in: gatehouse login --server https://gatehouse.example.com"]),
    "",
    "Other commands:",
    ...rows(Object.values(builtIns).map(({ usage, summary }) => [usage.split(" ")[0] ?? "", summary])),
    "",
    "Global options:",
    ...generalRows,
    "",
    "For details: gatehouse <noun> --help, gatehouse <noun> <verb> --help",
  ].join("\n");
}

export function nounHelp(noun: string, verbs: Verb[]): string {
  const own = verbs.filter((one) => one.noun === noun).toSorted((a, b) => (a.verb < b.verb ? -1 : 1));
  return [
    `gatehouse ${noun} <verb> [arguments] [options]`,
    "",
    ...rows(own.map((one) => [usageOf(one), one.summary] as const)),
  ].join("\n");
}

const usageOf = ({ verb, positionals }: Verb) => [verb, ...positionals.map(({ option }) => `<${option}>`)].join(" ");

export function verbHelp(verb: Verb): string {
  const own = optionsOf(verb).filter((one) => !generalOptions.includes(one));
  return [
    `gatehouse ${verb.noun} ${usageOf(verb)}${own.length > 0 ? " [options]" : ""}`,
    "",
    verb.summary,
    ...(verb.description ? [verb.description] : []),
    ...(own.length > 0 ? ["", "Options:", ...rows(own.map((one) => [optionText(one), explained(one)] as const))] : []),
    "",
    "Global options:",
    ...generalRows,
  ].join("\n");
}

export function builtInHelp(name: string): string {
  const { usage, summary, explained: lines } = builtIns[name] ?? { usage: name, summary: "", explained: [] };
  return [`gatehouse ${usage}`, "", summary, ...lines].join("\n");
}

function optionText({ name, shown }: Option): string {
  return `--${name}${shown && ` ${shown}`}`;
}

function explained({ description, field, emptied, choices, shown }: Option): string {
  if (!field) return description;
  if (emptied) return description || "the opposite";
  return [
    description,
    field.required && !isSecret(field) ? "required" : "",
    field.kind.many ? "can be repeated" : "",
    choices.length > 0 && !shown.includes("|") ? `one of ${choices.join(", ")}` : "",
    usualOf(field),
  ]
    .filter(Boolean)
    .join("; ");
}

function usualOf({ default: usual }: Field): string {
  if (usual === undefined || usual === null || usual === "" || (Array.isArray(usual) && usual.length === 0)) return "";
  if (usual === true) return "the default";
  return usual === false ? "" : `default ${String(usual)}`;
}
