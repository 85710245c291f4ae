import { expect, test } from "vitest";
import { mergeRows } from "./merge-rows";

const rows = (ids: string, mark = "") => [...ids].map((id) => ({ id, row: id + mark }));
const merged = (shown: string, listed: string, kept: string) =>
  mergeRows(rows(shown), rows(listed, "'"), (id) => kept.includes(id))
    .map(({ row }) => row)
    .join(" ");

test.each([
  ["nothing was acted on: what the server lists", "abc", "cb", "", "c' b'"],
  ["a row that was acted on stays in its place", "abc", "ac", "b", "a' b c'"],
  ["also as the only one", "a", "", "a", "a"],
  ["one that is still listed is drawn again", "abc", "abc", "b", "a' b' c'"],
  ["one that somebody else took goes", "abc", "c", "b", "b c'"],
  ["no row changes its place", "abc", "cba", "b", "a' b' c'"],
  ["a new row follows the row before it on the server", "abc", "axcy", "b", "a' x' b c' y'"],
  ["new rows at the beginning are there in their order", "ab", "xya", "b", "x' y' a' b"],
  ["rows of another page leave nothing behind", "abc", "def", "", "d' e' f'"],
])("%s", (_, shown, listed, kept, expected) => {
  expect(merged(shown, listed, kept)).toBe(expected);
});
