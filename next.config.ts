import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // lib/connections/compressed-answer.ts does.
  compress: false,
  productionBrowserSourceMaps: true,
  // `npm run check` type-checks everything, once.
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  agentRules: false,
  images: { unoptimized: true },
  experimental: { authInterrupts: true },
  serverExternalPackages: ["@node-rs/argon2", "graphile-worker", "nodemailer", "pino", "postgres"],
};

export default config;
