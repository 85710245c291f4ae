import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { fontVariables } from "@/components/shell/fonts";
import { Nonce } from "@/components/shell/nonce";
import { PageLayers } from "@/components/shell/page-layers";
import { themeAttribute, themeOf } from "@/components/shell/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Gatehouse", template: "%s · Gatehouse" },
  icons: { icon: "/icon.svg" },
};
export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Reading the headers here makes every page dynamic, so that every script carries the nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html
      lang="en"
      data-theme={themeAttribute(themeOf((await cookies()).get("theme")?.value))}
      className={fontVariables}
    >
      <body>
        <Nonce value={nonce} />
        {children}
        <PageLayers />
      </body>
    </html>
  );
}
