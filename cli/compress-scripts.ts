import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { compressedFolder, compressions } from "@/lib/connections/compressed-files";
import { projectRoot } from "./settings";

const compress = {
  br: promisify(brotliCompress),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};

/** Compresses the scripts and styles of a build as far as it goes, once for all readers. */
export async function compressScripts(): Promise<void> {
  const [from, to] = [join(projectRoot, ".next", "static", "chunks"), join(projectRoot, compressedFolder)];
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const names = readdirSync(from).filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(from, name));
      for (const encoding of ["br", "gzip"] as const)
        await writeFile(join(to, name + compressions[encoding]), await compress[encoding](bytes));
    }),
  );
}
