"use client";
import { useMemo } from "react";
import { type Packed, unpacked } from "./packed";

/** What was packed, unpacked once while it stays. */
export const useUnpacked = <T>(text: Packed<T>): T => useMemo(() => unpacked(text), [text]);
