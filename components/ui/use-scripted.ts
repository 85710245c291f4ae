"use client";
import { useSyncExternalStore } from "react";

/** False in the document that the server sends, for what does nothing without script; true as soon as there is script. */
export const useScripted = () => useSyncExternalStore(never, yes, no);

const never = () => () => {};
const yes = () => true;
const no = () => false;
