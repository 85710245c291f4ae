"use client";
export { LateFault as default } from "@/components/auth/late-fault";
