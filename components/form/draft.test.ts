import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  besideWith,
  type Draft,
  draftOf,
  dropDrafts,
  dropDraftsOfOthers,
  fits,
  keepDraft,
  readDraft,
  together,
  typedOver,
} from "@/components/form/draft";

const now = new Date("2026-11-26T09:24:00Z");
const place = { person: "ada", form: "user-details", record: "eve", zone: "UTC" };
const stored = { id: "eve", version: 3, firstName: "Eve", roles: ["a", "b"], password: "", managerId: null };

/** A Storage as browsers have it: its keys are its own properties. */
class MemoryStorage {
  [key: string]: unknown;
  getItem(key: string) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  setItem(key: string, value: string) {
    this[key] = value;
  }
  removeItem(key: string) {
    delete this[key];
  }
}

let storage: MemoryStorage;

beforeEach(() => {
  storage = new MemoryStorage();
  vi.stubGlobal("window", { sessionStorage: storage });
});
afterEach(() => vi.unstubAllGlobals());

const made = (typed: object, fields = ["firstName", "roles", "managerId", "password"]) =>
  draftOf(fields, stored, { ...stored, ...typed }, now);

describe("a draft", () => {
  it("contains the changed fields alone, with what was stored and the version", () => {
    expect(made({ firstName: "Eva", roles: ["a", "b"] })).toEqual({
      at: "2026-11-26T09:24:00.000Z",
      version: 3,
      was: { firstName: "Eve" },
      now: { firstName: "Eva" },
    });
  });

  it("is none when everything is as it was", () => {
    expect(made({})).toBeNull();
    expect(made({ managerId: undefined })).toBeNull();
  });

  it("keeps a field that was cleared", () => {
    expect(draftOf(["endsAt"], { endsAt: "2026-01-01" }, { endsAt: null }, now)?.now).toEqual({ endsAt: null });
  });

  it("leaves out what the form does not list", () => {
    expect(made({ firstName: "Eva" }, ["roles"])).toBeNull();
  });

  it.each([
    "password",
    "confirmPassword",
    "currentPassword",
    "newPassword",
    "passphrase",
    "code",
    "entry",
    "otp",
    "pin",
    "token",
    "provisionToken",
    "clientSecret",
    "credentials",
  ])("never holds %s, even when a form lists it", (field) => {
    expect(draftOf([field], { [field]: "" }, { [field]: "correct horse" }, now)).toBeNull();
  });

  it("fits until somebody changes the same fields", () => {
    const draft = made({ firstName: "Eva" }) as Draft;
    expect(fits(draft, { ...stored, version: 4, roles: [] })).toBe(true);
    expect(fits(draft, { ...stored, version: 4, firstName: "Evelyn" })).toBe(false);
  });
});

describe("a draft that waits for its answer", () => {
  const waiting = { ...(made({ firstName: "Eva" }) as Draft), beside: { firstName: "E", managerId: null } };
  const later = new Date("2026-11-26T10:00:00Z");
  const since = (typed: object) => {
    const edits = draftOf(
      ["firstName", "roles", "managerId"],
      { ...stored, version: 4 },
      { ...stored, ...typed },
      later,
    );
    return edits && { ...edits, beside: { firstName: "X", managerId: "Lee" } };
  };

  it("stays as it is while nothing else is typed, and after that is taken back", () => {
    expect(together(waiting, since({}))).toEqual(waiting);
  });

  it("takes what is typed since into itself, and keeps its own fields and version", () => {
    expect(together(waiting, since({ firstName: "Z", managerId: "lee" }))).toEqual({
      at: "2026-11-26T10:00:00.000Z",
      version: 3,
      was: { firstName: "Eve", managerId: null },
      now: { firstName: "Eva", managerId: "lee" },
      beside: { firstName: "E", managerId: "Lee" },
    });
  });

  it("returns what is beside its own fields alone", () => {
    expect(besideWith(waiting, { firstName: "X", managerId: "Lee" })).toEqual({ firstName: "E", managerId: "Lee" });
    expect(besideWith({ now: { firstName: "Eva" } }, { firstName: "X" })).toEqual({ firstName: "X" });
  });

  it("finds every field that was typed over, secrets too", () => {
    expect(typedOver(stored, { ...stored, roles: ["a"], password: "x" })).toEqual({ roles: ["a"], password: "x" });
  });
});

describe("the storage of drafts", () => {
  const draft = made({ firstName: "Eva" });

  it("gives back what was kept, to the same person, form, record and zone alone", () => {
    keepDraft(place, draft);
    expect(readDraft(place, ["firstName"])).toEqual(draft);
    for (const other of [{ person: "quinn" }, { form: "user-access" }, { record: "lee" }, { zone: "Asia/Tokyo" }])
      expect(readDraft({ ...place, ...other }, ["firstName"])).toBeNull();
  });

  it("gives back no field that the form does not have any more, and nothing when none is left", () => {
    keepDraft(place, made({ firstName: "Eva", roles: [] }));
    expect(readDraft(place, ["roles"])?.now).toEqual({ roles: [] });
    expect(readDraft(place, ["lastName"])).toBeNull();
  });

  it("forgets a draft that is null, all of them, or those of others", () => {
    const theirs = { ...place, person: "quinn" };
    storage.setItem("other", "stays");
    keepDraft(place, draft);
    keepDraft(place, null);
    expect(Object.keys(storage)).toEqual(["other"]);
    keepDraft(place, draft);
    keepDraft(theirs, draft);
    dropDraftsOfOthers("ada");
    expect(readDraft(theirs, ["firstName"])).toBeNull();
    expect(readDraft(place, ["firstName"])).toEqual(draft);
    dropDrafts();
    expect(Object.keys(storage)).toEqual(["other"]);
  });

  it("takes what cannot be read, or a browser without storage, for no draft", () => {
    keepDraft(place, draft);
    const [key = ""] = Object.keys(storage);
    storage.setItem(key, "{");
    expect(readDraft(place, ["firstName"])).toBeNull();
    vi.stubGlobal("window", {
      get sessionStorage(): never {
        throw new Error("denied");
      },
    });
    keepDraft(place, draft);
    expect(readDraft(place, ["firstName"])).toBeNull();
  });
});
