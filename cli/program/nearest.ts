/** " Did you mean "x"?" for the known word that a mistyped one is nearest to; an empty text where none is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const near = known
    .map((word) => ({ word, distance: begins(given, word) ? 0.5 : distanceOf(given, word) }))
    .filter(({ word, distance }) => distance <= Math.max(1, Math.floor(Math.max(given.length, word.length) / 3)))
    .toSorted((a, b) => a.distance - b.distance || a.word.length - b.word.length)[0];
  return near ? ` Did you mean "${near.word}"?` : "";
}

const begins = (given: string, word: string) => given.length > 1 && word.startsWith(given);

/** How many letters have to be changed, added or taken away. */
function distanceOf(a: string, b: string): number {
  let row = [...b, ""].map((_, place) => place);
  for (const [down, letter] of [...a].entries()) {
    const next = [down + 1];
    for (const [across, other] of [...b].entries())
      next.push(
        Math.min((row[across] ?? 0) + (letter === other ? 0 : 1), (row[across + 1] ?? 0) + 1, (next[across] ?? 0) + 1),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
