import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { envSchema, parseEnv } from "@/lib/platform/env";

const good = {
  DATABASE_URL: "postgres://gatehouse@localhost:5432/gatehouse",
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "x".repeat(32),
  GATEHOUSE_ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
};

/** Passed by the starter to the server, for no other use. */
const internal = ["GATEHOUSE_DATABASE_ROLE", "GATEHOUSE_DEMO"];
const configurable = Object.keys(envSchema.shape).filter((name) => !internal.includes(name));

const exampleFile = readFileSync(".env.example", "utf8");

describe("what is documented is what is read", () => {
  test(".env.example names every variable once, in comments", () => {
    const named = [...exampleFile.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(configurable.toSorted());
    expect(exampleFile.split("\n").filter((line) => line && !line.startsWith("#"))).toEqual([]);
  });

  test("the values of .env.example are ones that pass", () => {
    const examples = Object.fromEntries([...exampleFile.matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(([, k, v]) => [k, v]));
    expect(() => parseEnv({ ...good, ...examples })).not.toThrow();
  });

  test("the README's table names the same, with the same defaults", () => {
    const rows = [...readFileSync("README.md", "utf8").matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gm)];
    expect(rows.map(([, name]) => name).toSorted()).toEqual(configurable.toSorted());
    const told = Object.fromEntries(rows.map(([, name, unset]) => [name, unset]));
    const parsed = parseEnv(good);
    expect(told.PORT).toBe(`\`${parsed.PORT}\``);
    expect(told.GATEHOUSE_LOG_LEVEL).toBe(`\`${parsed.GATEHOUSE_LOG_LEVEL}\``);
    expect(told.GATEHOUSE_DATA_DIR).toBe(`\`${parsed.GATEHOUSE_DATA_DIR}\``);
  });
});

describe("parseEnv", () => {
  test("fills in what may be left out", () => {
    expect(parseEnv(good)).toEqual({
      ...good,
      GATEHOUSE_PREPARED_STATEMENTS: "1",
      GATEHOUSE_DATA_DIR: ".gatehouse",
      PORT: 3000,
      GATEHOUSE_TRUSTED_PROXIES: [],
      GATEHOUSE_PRIVATE_ADDRESSES: [],
      GATEHOUSE_LOG_LEVEL: "info",
      GATEHOUSE_MAX_CONNECTIONS: 2000,
      GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS: 200,
      GATEHOUSE_DATABASE_ROLE: "",
      GATEHOUSE_DEMO: "0",
    });
  });

  test("lists every problem at once, and no value", () => {
    const wrong = {
      DATABASE_URL: "mysql://localhost",
      NEXTAUTH_URL: "gatehouse.example.com",
      NEXTAUTH_SECRET: "hunter2",
      PORT: "70000",
      GATEHOUSE_TRUSTED_PROXIES: "proxy.example.com",
    };
    const { message } = thrownBy(() => parseEnv(wrong));
    for (const name of Object.keys(wrong)) expect(message).toMatch(new RegExp(`^  ${name} `, "m"));
    expect(message).toMatch(/^ {2}GATEHOUSE_ENCRYPTION_KEY is not set$/m);
    expect(message).not.toContain("hunter2");
  });

  test.each([
    ["sslmode=require", null],
    ["sslmode=verify-full&application_name=x", null],
    ["sslmode=no-verify", "DATABASE_URL can have as sslmode only disable, "],
    ["sslmode=require&channel_binding=require", "DATABASE_URL cannot have channel_binding: leave it out"],
    [
      "sslrootcert=/etc/ca.pem",
      "DATABASE_URL cannot have sslrootcert: leave it out; name the certificate authority in NODE_EXTRA_CA_CERTS",
    ],
  ])("DATABASE_URL with %s", (query, problem) => {
    const parse = () => parseEnv({ ...good, DATABASE_URL: `${good.DATABASE_URL}?${query}` });
    if (problem) expect(thrownBy(parse).message).toContain(problem);
    else expect(parse().DATABASE_URL).toContain(query);
  });

  test.each([
    ["", []],
    ["10.0.0.1", ["10.0.0.1"]],
    [" 10.0.0.1 ,, ::1 ", ["10.0.0.1", "::1"]],
    ["10.0.0.0/8,fd00::/8", ["10.0.0.0/8", "fd00::/8"]],
  ])("trusted proxies %j are %j", (given, proxies) => {
    expect(parseEnv({ ...good, GATEHOUSE_TRUSTED_PROXIES: given }).GATEHOUSE_TRUSTED_PROXIES).toEqual(proxies);
  });

  test.each([
    ["GATEHOUSE_ENCRYPTION_KEY", Buffer.alloc(31).toString("base64")],
    ["NEXTAUTH_SECRET", "x".repeat(31)],
    ["NEXTAUTH_URL", "javascript:alert(1)"],
    ["GATEHOUSE_MAX_CONNECTIONS", "0"],
    ["GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS", "many"],
    ["PORT", "0"],
    ["PORT", "http"],
  ])("%s refuses %j", (name, value) => {
    expect(() => parseEnv({ ...good, [name]: value })).toThrow(name);
  });
});

describe("the cookie follows the configured address", () => {
  afterEach(() => vi.unstubAllEnvs());

  test.each([
    ["http://localhost:3000", "gatehouse", false],
    ["https://gatehouse.example.com", "__Host-gatehouse", true],
  ])("%s: %s", async (address, name, secure) => {
    for (const [variable, value] of Object.entries({ ...good, NEXTAUTH_URL: address })) vi.stubEnv(variable, value);
    vi.resetModules();
    const { cookieName, cookieOptions } = await import("@/lib/auth/cookie");
    const { securityHeaders } = await import("@/lib/auth/security-headers");
    expect(cookieName()).toBe(name);
    expect(cookieOptions()).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/", secure });
    const { transportHeaders } = await import("@/lib/connections/transport-headers");
    expect("strict-transport-security" in transportHeaders()).toBe(secure);
    expect(securityHeaders("n")["content-security-policy"]).not.toContain("unsafe-eval");
  });
});

function thrownBy(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error("Nothing was thrown");
}
