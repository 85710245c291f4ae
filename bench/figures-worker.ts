import { houseFigures } from "./house";
import { placesFigures } from "./places";

/** Measures on a database that is there, by the build in whose folder it runs, and sends what it finds. */
const [what = "", url = "", size = ""] = process.argv.slice(2);
process.send?.(what === "house" ? await houseFigures(url) : await placesFigures(url, Number(size)));
process.disconnect?.();
