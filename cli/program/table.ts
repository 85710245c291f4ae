import { cut, shown, widthOf } from "./show-values";

type Item = Record<string, unknown>;

const gap = "  ";
/** A column is no wider than this while others need room; an id is never cut. */
const widest = 36;
const narrowest = 8;

export type Table = { head: string; line(item: Item): string };

/**
 * Columns for these items: those that were chosen, or as many of them all as have room. `width`: of the terminal; null: as wide as
 * need be.
 */
export function tableOf(
  items: Item[],
  columns: string[],
  { width, chosen }: { width: number | null; chosen: boolean },
): Table {
  const wanted = columns.map((name) => ({
    name,
    wide: Math.max(widthOf(name), ...items.map((item) => widthOf(shown(item[name])))),
  }));
  const fitting = width === null ? wanted : placed(wanted, width, chosen);
  const write = (cells: string[]) =>
    cells
      .map((text, place) => {
        const room = fitting[place]?.wide ?? 0;
        const inside = width === null ? text : cut(text, room);
        return inside + " ".repeat(Math.max(0, room - widthOf(inside)));
      })
      .join(gap)
      .trimEnd();
  return {
    head: write(fitting.map(({ name }) => name)),
    line: (item) => write(fitting.map(({ name }) => shown(item[name]))),
  };
}

type Column = { name: string; wide: number };

function placed(wanted: Column[], width: number, all: boolean): Column[] {
  const fitting: Column[] = [];
  let left = width;
  for (const { name, wide } of wanted) {
    const room = left - (fitting.length > 0 ? gap.length : 0);
    const asked = Math.min(wide, widest);
    if (!all && room < Math.min(asked, narrowest)) break;
    const given = Math.max(1, Math.min(asked, all ? asked : room));
    fitting.push({ name, wide: given });
    left = room - given;
  }
  return fitting;
}
