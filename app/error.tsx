"use client";
export { LateBareFault as default } from "@/components/auth/late-fault";
