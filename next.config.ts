import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  images: { unoptimized: true },
  experimental: { authInterrupts: true },
  serverExternalPackages: ["@node-rs/argon2", "pino", "postgres"],
};

export default config;
