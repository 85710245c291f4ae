import { expect, test } from "vitest";
import { isSameOrigin } from "@/lib/http/origin";

const asked = (headers: Record<string, string>, site: string) => isSameOrigin(new Headers(headers), new URL(site));

const [plain, secure] = ["http://localhost:3000", "https://gatehouse.example.com"];

test.each([
  [secure, "https://gatehouse.example.com", "gatehouse.example.com", true],
  [secure, "https://gatehouse.example.com:443", "gatehouse.example.com", true],
  [secure, "https://gatehouse.example.com", "10.0.0.7:3000", true],
  [secure, "http://gatehouse.example.com", "gatehouse.example.com", false],
  [secure, "https://gatehouse.example.com:8443", "gatehouse.example.com", false],
  [secure, "https://10.0.0.7:3000", "10.0.0.7:3000", false],
  [secure, "http://10.0.0.7:3000", "10.0.0.7:3000", false],
  [secure, "https://evil.example", "evil.example", false],
  [secure, "null", "gatehouse.example.com", false],
  [plain, "http://localhost:3000", "localhost:3000", true],
  [plain, "http://127.0.0.1:3000", "127.0.0.1:3000", true],
  [plain, "http://localhost:3000", "127.0.0.1:3000", true],
  [plain, "http://localhost:3001", "localhost:3000", false],
  [plain, "ftp://localhost:3000", "localhost:3000", false],
  [plain, "%", "localhost:3000", false],
])("%s accepts %s asked at %s: %s", (site, origin, host, accepted) => {
  expect(asked({ origin, host }, site)).toBe(accepted);
});

test("where a browser sends no Origin, Sec-Fetch-Site says it, and without both it is a refusal", () => {
  for (const site of [plain, secure]) {
    expect(asked({ host: "a", "sec-fetch-site": "same-origin" }, site)).toBe(true);
    for (const value of ["same-site", "cross-site", "none", ""])
      expect(asked({ host: "a", "sec-fetch-site": value }, site)).toBe(false);
    expect(asked({ host: "a" }, site)).toBe(false);
  }
});
