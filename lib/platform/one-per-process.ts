/** One value of a name for the whole process, since middleware, pages and the start are built as separate bundles. */
export function onePerProcess<T>(name: string, make: () => T): T {
  const kept = globalThis as { gatehouseCapacity?: Map<string, unknown> };
  kept.gatehouseCapacity ??= new Map();
  if (!kept.gatehouseCapacity.has(name)) kept.gatehouseCapacity.set(name, make());
  return kept.gatehouseCapacity.get(name) as T;
}
