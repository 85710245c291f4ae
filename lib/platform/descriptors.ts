import { readdir } from "node:fs/promises";

/** Of the process's open files, sockets included: what it may have, null where there is no limit. Asks the system once. */
export function descriptorLimit(): number | null {
  kept.gatehouseDescriptors ??= readLimit();
  return Number.isFinite(kept.gatehouseDescriptors) ? kept.gatehouseDescriptors : null;
}

/** How many descriptors this process has open. Linux and macOS list them in the same folder. */
export const openDescriptors = async () => (await readdir("/dev/fd")).length - 1;

/** Whether more than nine tenths are in use: soon no connection, file or query can be opened. */
export async function descriptorsRunShort(limit = descriptorLimit(), open = openDescriptors): Promise<boolean> {
  return limit !== null && (await open()) > limit * 0.9;
}

const kept = globalThis as { gatehouseDescriptors?: number };

function readLimit(): number {
  // With the network, a report looks up the names of the peers, and waits for them.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft: number | string } } };
  return Number(report.userLimits?.open_files?.soft ?? Number.NaN);
}
