import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Draft,
  draftOf,
  dropDrafts,
  dropDraftsOfOthers,
  fits,
  keepDraft,
  readDraft,
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
  it("holds the changed fields alone, with what was stored and the version", () => {
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
