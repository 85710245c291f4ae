import DataLoader from "dataloader";
import type { Tx } from "@/db/client";

type Load<K, V> = (tx: Tx, keys: K[]) => Promise<V[]>;

/** A batch's transaction, how many of its items are read for at once, and for each function the calls that wait to be made as one. */
type Shared = { tx: Tx; wave: number; loaders: Map<unknown, DataLoader<unknown, unknown>> };

const shared = new WeakMap<Tx, Shared>();
const batches = new WeakSet<Tx>();

/** Whether this is an item's view of the transaction of a batch. */
export const isShared = (tx: Tx) => shared.has(tx);

/** Whether this is the transaction of a batch itself, which a function made by `together` is given. */
export const isBatch = (tx: Tx) => batches.has(tx);

/**
 * A function of one key out of one of many. In a batch, the calls that its items make at the same moment become one; elsewhere
 * each is one by itself. `load` gives a value for each key, in their order, or the error that is thrown for it. `inWaves`: the calls of
 * each wave of a batch become one, so that PostgreSQL reads for the next while the process works on what it has read; never for locks.
 */
export function together<K, V>(
  load: Load<K, V>,
  { inWaves = false }: { inWaves?: boolean } = {},
): (tx: Tx, key: K) => Promise<V> {
  return async (tx, key) => {
    const batch = shared.get(tx);
    if (!batch) {
      const [value] = await load(tx, [key]);
      if (value instanceof Error) throw value;
      return value as V;
    }
    let loader = batch.loaders.get(load) as DataLoader<K, V> | undefined;
    if (!loader) {
      const maxBatchSize = inWaves ? batch.wave : Number.POSITIVE_INFINITY;
      loader = new DataLoader<K, V>((keys) => load(batch.tx, [...keys]), { cache: false, maxBatchSize });
      batch.loaders.set(load, loader as DataLoader<unknown, unknown>);
    }
    return loader.load(key);
  };
}

/**
 * A question that the items of a batch ask alike, as whether a manager whom all of them are to have may be one: at the same moment it
 * is asked once of each `keyOf`, and its answer, or its refusal, is everybody's.
 */
export function askedOnce<K, V>(
  keyOf: (key: K) => string,
  ask: (tx: Tx, key: K) => Promise<V>,
): (tx: Tx, key: K) => Promise<V> {
  return together<K, V>(async (tx, asked) => {
    const answers = new Map<string, Promise<V>>();
    const answerTo = (one: K) => {
      const key = keyOf(one);
      const answer = answers.get(key) ?? ask(tx, one).catch((error: V) => error);
      answers.set(key, answer);
      return answer;
    };
    return Promise.all(asked.map(answerTo));
  });
}

/**
 * A view of a database for a page that decides about several rows: of functions made by `together`, what is asked at the same moment
 * becomes one question.
 */
export function askingTogether<T extends object>(db: T): T {
  const view = Object.create(db) as T;
  shared.set(view as unknown as Tx, { tx: db as unknown as Tx, wave: Number.POSITIVE_INFINITY, loaders: new Map() });
  return view;
}

/** Thrown where an item of a batch begins something that cannot share its transaction. */
export class NotShareable extends Error {}

/**
 * Makes views of a transaction, one for each item of a batch: what is asked on them is asked on the one transaction, and
 * `together` joins it. None of them can begin a savepoint, which would take the others' work along when it rolls back. `wave`: of how
 * many items is read at once; by default of all.
 */
export function sharing(tx: Tx, wave = Number.POSITIVE_INFINITY): () => Tx {
  const batch: Shared = { tx, wave, loaders: new Map() };
  batches.add(tx);
  const transaction = () => Promise.reject(new NotShareable("An item of a batch has no transaction of its own"));
  return () => {
    const view: Tx = Object.assign(Object.create(tx) as Tx, { transaction });
    shared.set(view, batch);
    return view;
  };
}
