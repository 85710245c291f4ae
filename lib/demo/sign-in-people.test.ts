import { expect, test, vi } from "vitest";
import { demoPassword } from "@/db/seed/cast";
import { demoPeople, demoSignIn } from "@/lib/demo/sign-in-people";

const { isDemonstration } = vi.hoisted(() => ({ isDemonstration: vi.fn() }));
vi.mock("@/lib/platform/env", () => ({ isDemonstration }));

test("shows people and password in the demonstration, and nowhere else", () => {
  isDemonstration.mockReturnValue(true);
  expect(demoPeople()[0]).toEqual({ username: "ada", name: "Ada Admin", is: "Quality Manager + Admin" });
  expect(demoSignIn("ada")).toEqual({ name: "ada", password: demoPassword });
  for (const unknown of ["nobody", undefined, ["ada"]]) expect(demoSignIn(unknown)).toBeNull();
  isDemonstration.mockReturnValue(false);
  expect(demoPeople()).toEqual([]);
  expect(demoSignIn("ada")).toBeNull();
});
