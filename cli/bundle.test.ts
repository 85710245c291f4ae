import { expect, test } from "vitest";
import {
  browserMarks,
  bundleFaults,
  laterMarks,
  leastBytes,
  leastFiles,
  mostAboveEmpty,
  pageFaults,
  serverMarks,
  weightFaults,
} from "./bundle";

const size = Math.ceil(leastBytes / leastFiles);
const whole = Array.from({ length: leastFiles }, (_, index) => ({
  name: `${index}.js`,
  text: (browserMarks[index] ?? "").padEnd(size, " "),
}));

test("scripts without server code are well", () => {
  expect(bundleFaults(whole)).toEqual([]);
});

test.each(serverMarks)("a script that contains %s is named", (mark) => {
  expect(bundleFaults([...whole, { name: "leak.js", text: `x="${mark}"` }])).toEqual([
    `leak.js holds "${mark}": server code is in it.`,
  ]);
});

test("a check that sees nothing, too little or other scripts fails", () => {
  expect(bundleFaults([]).length).toBe(browserMarks.length + 1);
  expect(bundleFaults(whole.slice(1))).toEqual([
    expect.stringContaining(`"${browserMarks[0]}"`),
    expect.stringContaining("Only"),
  ]);
  const others = whole.map(({ name }) => ({ name, text: "y".repeat(size) }));
  expect(bundleFaults(others)).toEqual(browserMarks.map((mark) => expect.stringContaining(`"${mark}"`)));
});

test.each(Object.entries(laterMarks))("a page that loads %s is named, and one that was not seen", (what, mark) => {
  const frame = "Skip to content";
  expect(pageFaults([{ name: "users", text: frame }], laterMarks)).toEqual([]);
  expect(pageFaults([{ name: "users", text: `${frame} x="${mark}"` }], laterMarks)).toEqual([
    `The page users loads ${what} before it is used.`,
  ]);
  expect(pageFaults([{ name: "users", text: "" }], laterMarks)).toEqual(["The scripts of users were not seen."]);
});

test("a list whose scripts are heavier than an empty page by more than the goal is named", () => {
  const empty = 20_000;
  const pages = [
    { name: "light", bytes: empty + mostAboveEmpty },
    { name: "heavy", bytes: empty + mostAboveEmpty + 1 },
  ];
  expect(weightFaults(pages, empty)).toEqual([
    "The scripts of heavy are 12001 bytes above those of an empty page; the most is 12000.",
  ]);
});
