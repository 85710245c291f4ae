/** Bodies that no browser sends in place of an action's, made from whole ones. Harmless: each is short, and none is deep. */
export const boundary = "----a";

type Fields = [name: string, value: string][];

const form = (fields: Fields) =>
  `${fields.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--${boundary}--\r\n`;

/** A form that was posted without script, for the action with this id. */
const posted = (id: string, bound = "[{}]") =>
  form([
    ["$ACTION_REF_1", ""],
    ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
    ["$ACTION_1:1", bound],
    ["$ACTION_KEY", "k"],
    ["name", "nobody"],
  ]);

/** The same with its end cut off, at every tenth of it that `pick` says. */
const cut = (whole: string, pick: () => number) =>
  Array.from({ length: 3 }, () => whole.slice(0, Math.floor(whole.length * pick())));

export const malformedForms = (id: string, pick: () => number): string[] => [
  "",
  "x",
  form([]),
  form([["a", "b"]]),
  form([["$ACTION_ID_x", ""]]),
  form([["$ACTION_REF_1", ""]]),
  posted(id, "["),
  posted(id, "null"),
  posted(id, '["$1"]'),
  form([
    ["$ACTION_REF_1", ""],
    ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
  ]),
  form([
    ["$ACTION_REF_1", ""],
    ["$ACTION_1:0", `{"id":"${id}"`],
  ]),
  posted(id).replaceAll("\r\n", "\n"),
  ...cut(posted(id), pick),
];

/** What stands in place of the arguments of an action that a script calls. */
export const malformedReplies = (pick: () => number): string[] => [
  "",
  "[",
  "null",
  "1",
  '"x"',
  "{}",
  '["$1"]',
  '["$F1"]',
  '["$K1"]',
  '["$T"]',
  "[null,null]",
  '[{"id":{"a":[]}},"x",1]',
  ...cut('[{"id":"00000000-0000-0000-0000-000000000000","version":1}]', pick),
];

/** The same as the parts of a form. */
export const malformedParts = (pick: () => number): string[] => [
  ...malformedReplies(pick).map((reply) => form([["0", reply]])),
  form([["1_name", "x"]]),
  form([
    ["1_name", "x"],
    ["0", '["","$K1"]'],
  ]),
  "x",
];
