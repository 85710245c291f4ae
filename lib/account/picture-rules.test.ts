import { expect, test } from "vitest";
import { fileTooLarge, largestFile, largestPicture, notAPicture, problemOfFile } from "@/lib/account/picture-rules";

test.each([
  [largestPicture + 1, "image/jpeg", undefined],
  [largestFile, "image/webp", undefined],
  [largestFile + 1, "image/jpeg", fileTooLarge],
  [1_000, "image/gif", notAPicture],
  [1_000, "", notAPicture],
])("a file of %d bytes of type %s", (size, type, problem) => expect(problemOfFile({ size, type })).toBe(problem));
