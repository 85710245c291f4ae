import { expect, test } from "vitest";
import { jobQueueAddress } from "@/db/job-queue-address";

const at = (query: string) => `postgres://gate:p%40ss@db.example:5432/gate${query}`;

test.each([
  ["?sslmode=require", "?sslmode=no-verify"],
  ["?application_name=x&sslmode=prefer", "?application_name=x&sslmode=no-verify"],
  ["?sslmode=verify-ca", "?sslmode=verify-full"],
  ["?sslmode=verify-full", "?sslmode=verify-full"],
  ["?sslmode=disable", "?sslmode=disable"],
  ["", ""],
])("the job queue reads %s as everything else does", (given, meant) => {
  expect(jobQueueAddress(at(given))).toBe(at(meant));
});
