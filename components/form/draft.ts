type Values = Record<string, unknown>;

/** Edits of one form that were not saved. */
export interface Draft {
  /** When the last one was made; ISO 8601. */
  at: string;
  /** The version of the record that they were made on, where it has one. */
  version: number | null;
  /** The changed fields as they were stored, and as they were typed. */
  was: Values;
  now: Values;
  /** By field, what the form shows beside it, such as the names of chosen people. */
  beside?: Values | undefined;
}

export interface DraftPlace {
  /** The id of the signed-in person. */
  person: string;
  form: string;
  /** The id of the record; empty where there is none. */
  record: string;
  /** The IANA time zone in which the form's times are written. */
  zone: string;
}

const prefix = "draft:";
const personPrefix = (person: string) => `${prefix}${person}:`;
const keyOf = ({ person, form, record, zone }: DraftPlace) => `${personPrefix(person)}${form}:${record}:${zone}`;

/** No field of such a name is ever kept, whatever a form lists. */
const secret = /pass(word|phrase|code)|secret|token|credential|^(code|entry|otp|pin)$/i;

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The edits among these fields, or null when there are none. */
export function draftOf(fields: readonly string[], stored: Values, typed: Values, now: Date): Draft | null {
  const changed = fields.filter((field) => !secret.test(field) && !same(stored[field], typed[field]));
  if (changed.length === 0) return null;
  const pick = (values: Values) => Object.fromEntries(changed.map((field) => [field, values[field] ?? null]));
  const version = typeof stored.version === "number" ? stored.version : null;
  return { at: now.toISOString(), version, was: pick(stored), now: pick(typed) };
}

/** Every field that is not as it is stored, as it is typed; secrets too, so nothing of it may be kept. */
export const typedOver = (stored: Values, typed: Values): Values =>
  Object.fromEntries(Object.entries(typed).filter(([field, value]) => !same(stored[field], value)));

/** The values beside the fields once the draft is on the form: the draft's for its own fields, else the present ones. */
export const besideWith = ({ now, beside = {} }: Pick<Draft, "now" | "beside">, there: Values = {}): Values => ({
  ...there,
  ...Object.fromEntries(Object.entries(beside).filter(([field]) => field in now)),
});

/** A draft that waits for its answer, and what was typed since: where both have a field, the draft does. */
export const together = (draft: Draft, since: Draft | null): Draft =>
  since
    ? {
        at: since.at,
        version: draft.version,
        was: { ...since.was, ...draft.was },
        now: { ...since.now, ...draft.now },
        beside: besideWith(draft, since.beside),
      }
    : draft;

/** Whether nobody has changed in the meantime what the draft changes. */
export const fits = (draft: Pick<Draft, "was">, stored: Values): boolean =>
  Object.entries(draft.was).every(([field, was]) => same(stored[field], was));

/** Keeps the draft in this tab; null removes it. A browser without storage, or a full one, keeps none. */
export function keepDraft(place: DraftPlace, draft: Draft | null): void {
  withStorage((storage) => {
    if (draft) storage.setItem(keyOf(place), JSON.stringify(draft));
    else storage.removeItem(keyOf(place));
  });
}

/** The kept draft, with those of its fields that the form still has; null when there is none. */
export function readDraft(place: DraftPlace, fields: readonly string[]): Draft | null {
  const text = withStorage((storage) => storage.getItem(keyOf(place)));
  const draft = text ? parse(text) : null;
  if (!draft) return null;
  const known = (values: Values) =>
    Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)));
  const kept = { ...draft, was: known(draft.was), now: known(draft.now) };
  return Object.keys(kept.now).length > 0 ? kept : null;
}

/** Whether anything of a form of this name is kept, for any record. */
export const hasDraft = (person: string, form: string): boolean =>
  withStorage((storage) => Object.keys(storage).some((key) => key.startsWith(`${personPrefix(person)}${form}:`))) ??
  false;

/** For signing out. */
export const dropDrafts = () => dropWhere(() => true);

/** Removes what somebody else who was signed in to this tab has left. */
export const dropDraftsOfOthers = (person: string) => dropWhere((key) => !key.startsWith(personPrefix(person)));

function dropWhere(drops: (key: string) => boolean): void {
  withStorage((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix) && drops(key)) storage.removeItem(key);
  });
}

function parse(text: string): Draft | null {
  try {
    return JSON.parse(text) as Draft;
  } catch {
    return null;
  }
}

function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(window.sessionStorage);
  } catch {
    return null;
  }
}
