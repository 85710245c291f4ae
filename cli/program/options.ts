import { mostPages } from "./bounds";
import type { Field, Verb } from "./document";

/** An option of a verb as shell completion shows it: with a value, or alone. */
export type Option = {
  /** Without the dashes. */
  name: string;
  value: "none" | "one";
  /** The placeholder for the value in the help: "<id>". */
  shown: string;
  description: string;
  choices: string[];
  /** The field that it sets; absent: it is not part of the interface. */
  field?: Field;
  /** What it sets the field to by itself: false, nothing, or an empty list. */
  emptied?: true;
};

const plain = (name: string, description: string, shown = ""): Option => ({
  ...{ name, shown, description },
  value: shown ? "one" : "none",
  choices: [],
});

/** Known to every call, before and after its noun. */
export const generalOptions: Option[] = [
  plain("server", "address of a Gatehouse server, such as https://gatehouse.example.com", "<address>"),
  plain("profile", "profile to use, as stored by `gatehouse login`", "<name>"),
  plain("json", "print the answer as JSON, exactly as the API returns it"),
  plain("help", "show help"),
];

/** What is secret is never an argument, since other users of the machine can read those. */
export const isSecret = ({ kind }: Field) => kind.format === "password";

const emptyWord = ({ kind }: Field) => (kind.many || kind.type === "json" ? "an empty list" : "none");

function optionsOfField(field: Field): Option[] {
  const { option, kind, description } = field;
  if (isSecret(field))
    return [{ ...plain(`${option}-stdin`, description || `read the ${option} from standard input`), field }];
  if (kind.type === "yes or no")
    return [
      { ...plain(option, description), field },
      { ...plain(`no-${option}`, ""), field, emptied: true },
    ];
  const one: Option = { ...plain(option, description, shownAs(field)), choices: kind.choices, field };
  const empties = field.place === "body" && (kind.nullable || kind.many || kind.type === "json");
  return empties ? [one, { ...plain(`no-${option}`, `set to ${emptyWord(field)}`), field, emptied: true }] : [one];
}

function shownAs({ kind, name }: Field): string {
  if (name === "If-Match") return "<version>";
  if (kind.choices.length > 0 && kind.choices.join("|").length <= 40)
    return `<${[...kind.choices, ...(kind.type === "text" ? [] : ["number"])].join("|")}>`;
  if (kind.type === "json") return "<json>";
  if (kind.type !== "text") return "<number>";
  return kind.format === "uuid" ? "<id>" : kind.format === "date-time" ? "<time>" : "<text>";
}

/** Every option of a verb, its own first. */
export function optionsOf({ options, body, dryRun, paged, columns, confirms }: Verb): Option[] {
  return [
    ...options.flatMap(optionsOfField),
    ...(body
      ? [plain("data", "the whole body as JSON; @file reads it from a file, - from standard input", "<json>")]
      : []),
    ...(dryRun ? [plain("dry-run", "only show what would change")] : []),
    ...(confirms ? [plain("yes", "don't ask for confirmation")] : []),
    ...(paged ? [plain("all", `all pages, up to ${mostPages}; with --json one item per line`)] : []),
    ...(columns.length > 0
      ? [plain("columns", `columns to show, such as ${columns.slice(0, 3).join(",")}`, "<names>")]
      : []),
    ...generalOptions,
  ];
}
